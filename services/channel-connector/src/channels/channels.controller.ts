import { Body, Controller, Delete, Get, HttpCode, Inject, Param, Post, Put, Res } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { answerPosition, CLOCK, CommandId, CurrentCaller, IdentifierPipe, Needs, Repeats } from '@holdfast/platform';
import type { Clock } from '@holdfast/kit';
import type { Caller } from '@holdfast/platform';
import type { WrittenBy } from './tenant-channels.js';
import { ChannelsView, ChannelTestView, ChannelView } from './channel-view.dto.js';
import { PutChannelRequest } from './channel.dto.js';
import { ChannelsService } from './channels.service.js';

/** Longer than a vendor takes; a test that waits for its limits ends here. */
const TEST_MS = 20_000;

@ApiTags('Channels')
@Controller('sales-channel/channels')
export class ChannelsController {
  constructor(
    private readonly channels: ChannelsService,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Get()
  @Needs('channels.read')
  @ApiOperation({ operationId: 'channels.list', summary: 'Channels with their policies and how delivery to them goes' })
  @ApiOkResponse({ type: ChannelsView })
  async list(@CurrentCaller() caller: Caller, @Res({ passthrough: true }) reply: FastifyReply): Promise<ChannelsView> {
    const { position, ...view } = await this.channels.list(caller.tenant);
    answerPosition(reply, position);
    return view;
  }

  @Get(':channelId')
  @Needs('channels.read')
  @ApiOperation({ operationId: 'channels.get', summary: 'One channel' })
  @ApiOkResponse({ type: ChannelView })
  one(@Param('channelId', IdentifierPipe) channelId: string, @CurrentCaller() caller: Caller): Promise<ChannelView> {
    return this.channels.one(caller.tenant, channelId);
  }

  /** Not answered from the idempotency store: putting twice is harmless, and a secret must not lie there. */
  @Put(':channelId')
  @Needs('channels.write')
  @ApiOperation({
    operationId: 'channels.put',
    summary: 'Enable a channel, or change it',
    description: 'A generated signing secret is in this answer and in no other.',
  })
  @ApiOkResponse({ type: ChannelView })
  async put(
    @Param('channelId', IdentifierPipe) channelId: string,
    @Body() request: PutChannelRequest,
    @CurrentCaller() caller: Caller,
    @CommandId() commandId: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ChannelView> {
    const { view, position } = await this.channels.put(channelId, request, this.by(caller, commandId));
    answerPosition(reply, position);
    return view;
  }

  @Post(':channelId/test')
  @HttpCode(200)
  @Needs('channels.write')
  @Repeats('natural')
  @ApiOperation({
    operationId: 'channels.test',
    summary: 'Say whether the channel can be called',
    description: 'Calls the vendor with the stored settings and credentials. A pause after failures ends where all checks are well.',
  })
  @ApiOkResponse({ type: ChannelTestView })
  async test(@Param('channelId', IdentifierPipe) channelId: string, @CurrentCaller() { tenant }: Caller): Promise<ChannelTestView> {
    return { checks: await this.channels.test({ tenant, channelId }, AbortSignal.timeout(TEST_MS)) };
  }

  @Post(':channelId/disable')
  @HttpCode(200)
  @Needs('channels.write')
  @Repeats('natural')
  @ApiOperation({
    operationId: 'channels.disable',
    summary: 'Disable a channel',
    description:
      'It promises nothing from now on: every listing is told 0, and reservations for it are refused with 409 `channel_disabled`.',
  })
  @ApiOkResponse({ type: ChannelView })
  async disable(
    @Param('channelId', IdentifierPipe) channelId: string,
    @CurrentCaller() caller: Caller,
    @CommandId() commandId: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ChannelView> {
    const { view, position } = await this.channels.enable(channelId, false, this.by(caller, commandId));
    answerPosition(reply, position);
    return view;
  }

  @Post(':channelId/enable')
  @HttpCode(200)
  @Needs('channels.write')
  @Repeats('natural')
  @ApiOperation({ operationId: 'channels.enable', summary: 'Enable a disabled channel again, as it was' })
  @ApiOkResponse({ type: ChannelView })
  async enable(
    @Param('channelId', IdentifierPipe) channelId: string,
    @CurrentCaller() caller: Caller,
    @CommandId() commandId: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ChannelView> {
    const { view, position } = await this.channels.enable(channelId, true, this.by(caller, commandId));
    answerPosition(reply, position);
    return view;
  }

  @Delete(':channelId')
  @HttpCode(204)
  @Needs('channels.write')
  @ApiOperation({
    operationId: 'channels.remove',
    summary: 'Remove a disabled channel',
    description:
      'Forgets its settings and listings; events, reservations and history stay. 409 `channel_enabled` where it is not disabled.',
  })
  @ApiNoContentResponse()
  remove(@Param('channelId', IdentifierPipe) channelId: string, @CurrentCaller() { tenant, subject }: Caller): Promise<void> {
    return this.channels.remove({ tenant, channelId }, subject);
  }

  private by(caller: Caller, commandId: string): WrittenBy {
    return { tenant: caller.tenant, actor: caller.subject, commandId, at: this.clock.now() };
  }
}
