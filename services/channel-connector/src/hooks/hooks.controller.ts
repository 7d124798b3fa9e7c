import { Controller, Get, Inject, HttpCode, Param, Post, Query, Req } from '@nestjs/common';
import { ApiConsumes, ApiOkResponse, ApiOperation, ApiQuery, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { isTenant } from '@holdfast/kit';
import { CONFIG, IdentifierPipe, Public, Repeats, TakesRaw } from '@holdfast/platform';
import type { HoldfastConfig } from '@holdfast/platform';
import type { HookRequest } from '../providers/inbound.js';
import { HooksService } from './hooks.service.js';

const ONE_TENANT = { name: 'tenant', required: false, type: String, description: 'Only channels of this tenant are asked' } as const;

@ApiTags('Channel hooks')
@Controller('hooks')
export class HooksController {
  constructor(
    private readonly hooks: HooksService,
    @Inject(CONFIG) private readonly config: HoldfastConfig,
  ) {}

  @Get(':channelId')
  @Public()
  @ApiOperation({ operationId: 'channelHooks.challenge', summary: "Answers a vendor's check of the address" })
  @ApiQuery(ONE_TENANT)
  @ApiOkResponse({
    description: 'As the vendor asks for it',
    schema: { type: 'object', properties: { challengeResponse: { type: 'string' } }, additionalProperties: true },
  })
  @ApiResponse({ status: 401, description: '`hook_refused`: no channel of this id knows the sender' })
  challenge(
    @Param('channelId', IdentifierPipe) channelId: string,
    @Query('tenant') tenant: unknown,
    @Req() request: FastifyRequest,
  ): Promise<unknown> {
    return this.answer(channelId, tenant, 'GET', request);
  }

  @Post(':channelId')
  @HttpCode(200)
  @Public()
  @TakesRaw()
  @Repeats('natural')
  @ApiOperation({
    operationId: 'channelHooks.take',
    summary: 'Takes a message of a vendor',
    description:
      "Signed as the channel's vendor signs; of any content type, up to 1 MiB. Answered once it is stored; the same message again changes nothing for 30 days.",
  })
  @ApiQuery(ONE_TENANT)
  @ApiConsumes('*/*')
  @ApiOkResponse({
    description: 'Stored, or known already',
    schema: { type: 'object', properties: {}, additionalProperties: true },
  })
  @ApiResponse({ status: 401, description: '`hook_refused`: the signature is missing, wrong or old' })
  @ApiResponse({ status: 413, description: '`body_too_large`' })
  @ApiResponse({ status: 503, description: '`hook_unverified`: the signature cannot be checked now' })
  take(
    @Param('channelId', IdentifierPipe) channelId: string,
    @Query('tenant') tenant: unknown,
    @Req() request: FastifyRequest,
  ): Promise<unknown> {
    return this.answer(channelId, tenant, 'POST', request);
  }

  private async answer(channelId: string, tenant: unknown, method: 'GET' | 'POST', request: FastifyRequest): Promise<unknown> {
    const named = isTenant(tenant) ? tenant : undefined;
    const answer = await this.hooks.take(channelId, named, hookRequest(method, request, this.config.publicUrl));
    return answer === undefined ? {} : answer.body;
  }
}

/** @param publicUrl where a proxy that ends TLS may leave out how it was called */
function hookRequest(method: 'GET' | 'POST', request: FastifyRequest, publicUrl: string | undefined): HookRequest {
  const headers = Object.fromEntries(
    Object.entries(request.headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : value]),
  );
  const query = Object.entries((request.query ?? {}) as Record<string, unknown>).flatMap(([name, value]) =>
    typeof value === 'string' ? [[name, value] as const] : [],
  );
  const scheme = headers['x-forwarded-proto'] ?? request.protocol;
  const host = headers['x-forwarded-host'] ?? headers['host'] ?? '';
  return {
    method,
    url: `${publicUrl ?? `${scheme}://${host}`}${request.url.split('?', 1)[0] ?? ''}`,
    query: Object.fromEntries(query),
    headers,
    body: Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0),
  };
}
