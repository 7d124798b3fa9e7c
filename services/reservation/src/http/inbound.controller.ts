import { Body, Controller, Delete, Get, HttpCode, Param, Put, Res } from '@nestjs/common';
import { ApiConflictResponse, ApiNoContentResponse, ApiNotFoundResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { answerPosition, CommandId, CurrentCaller, Idempotent, IdentifierPipe, SkuPipe, Needs } from '@holdfast/platform';
import type { Caller } from '@holdfast/platform';
import type { FastifyReply } from 'fastify';
import { InboundSupply, type InboundFigures } from '../reservations/inbound-supply.js';
import { InboundAnswerBody, InboundListAnswer, InboundRequest } from './inbound.dto.js';

@ApiTags('Inventory')
@Controller('v1/inventory/:sku/inbound')
export class InboundController {
  constructor(private readonly inbound: InboundSupply) {}

  @Get()
  @Needs('inventory.read')
  @ApiOperation({
    operationId: 'inbound.list',
    summary: 'Deliveries of a SKU that suppliers have announced, and how many units wait for them',
  })
  @ApiOkResponse({ type: InboundListAnswer })
  @ApiNotFoundResponse({ description: 'unknown_sku' })
  async list(
    @Param('sku', SkuPipe) sku: string,
    @CurrentCaller() { tenant }: Caller,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<InboundListAnswer> {
    const { found, position } = await this.inbound.list({ tenant, sku });
    answerPosition(reply, position);
    return { sku, waiting: found.waiting, inbound: found.inbound.map(toBody) };
  }

  @Get(':reference')
  @Needs('inventory.read')
  @ApiOperation({ operationId: 'inbound.get', summary: 'One announced delivery' })
  @ApiOkResponse({ type: InboundAnswerBody })
  @ApiNotFoundResponse({ description: 'unknown_sku, unknown_inbound' })
  async one(
    @Param('sku', SkuPipe) sku: string,
    @Param('reference', IdentifierPipe) reference: string,
    @CurrentCaller() { tenant }: Caller,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<InboundAnswerBody> {
    const { found, position } = await this.inbound.find({ tenant, sku }, reference);
    answerPosition(reply, position);
    return toBody(found);
  }

  @Put(':reference')
  @Needs('inventory.write')
  @Idempotent()
  @ApiOperation({
    operationId: 'inbound.declare',
    summary: 'Announce a delivery of a SKU, or change what it is to be',
    description: 'The quantity is that of the whole delivery; what has been received of it stays received.',
  })
  @ApiOkResponse({ type: InboundAnswerBody })
  @ApiNotFoundResponse({ description: 'unknown_sku, unknown_location' })
  @ApiConflictResponse({ description: 'too_many_inbound' })
  async declare(
    @Param('sku', SkuPipe) sku: string,
    @Param('reference', IdentifierPipe) reference: string,
    @Body() { locationId, quantity, expectedAt }: InboundRequest,
    @CurrentCaller() { tenant, subject }: Caller,
    @CommandId() commandId: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<InboundAnswerBody> {
    const wished = { reference, locationId, quantity, expectedAt: Date.parse(expectedAt) };
    const { found, position } = await this.inbound.declare({ tenant, sku }, wished, commandId, { actor: subject });
    answerPosition(reply, position);
    return toBody(found);
  }

  @Delete(':reference')
  @HttpCode(204)
  @Needs('inventory.write')
  @Idempotent()
  @ApiOperation({
    operationId: 'inbound.cancel',
    summary: 'Say that a delivery does not come',
    description: 'Reservations that wait for it keep their place and may lose their date.',
  })
  @ApiNoContentResponse()
  @ApiNotFoundResponse({ description: 'unknown_inbound' })
  async cancel(
    @Param('sku', SkuPipe) sku: string,
    @Param('reference', IdentifierPipe) reference: string,
    @CurrentCaller() { tenant, subject }: Caller,
    @CommandId() commandId: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    answerPosition(reply, await this.inbound.cancel({ tenant, sku }, reference, commandId, { actor: subject }));
  }
}

const toBody = (found: InboundFigures): InboundAnswerBody => ({ ...found, expectedAt: new Date(found.expectedAt).toISOString() });
