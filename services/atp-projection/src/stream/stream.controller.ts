import { Controller, Get, Headers, Query, Res } from '@nestjs/common';
import { ApiHeader, ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { CurrentCaller, Needs } from '@holdfast/platform';
import type { Caller } from '@holdfast/platform';
import { StreamQuery } from './filter.js';
import { Readers } from './readers.js';
import { offsetsOf } from './tokens.js';

@ApiTags('Inventory')
@Controller('api/inventory/stream')
export class StreamController {
  constructor(private readonly readers: Readers) {}

  @Get()
  @Needs('inventory.read')
  @ApiOperation({
    operationId: 'changes.follow',
    summary: 'Changes of stock and of what channels may promise, as they are published',
    description:
      'Server-sent events whose `event` is the topic and whose `data` is the CloudEvent. Each `id` resumes right after its event when sent as `Last-Event-ID`, with nothing left out. ' +
      'The first event is `hello`: what is read after it and changes later is told, and its `id` resumes before the first change.',
  })
  @ApiProduces('text/event-stream')
  @ApiOkResponse({ schema: { type: 'string' } })
  @ApiHeader({ name: 'last-event-id', required: false, description: 'Id of the last event read; the stream goes on after it' })
  async stream(
    @CurrentCaller() { tenant }: Caller,
    @Query() query: StreamQuery,
    @Headers('last-event-id') lastEventId: string | undefined,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const resumeFrom = lastEventId === undefined || lastEventId === '' ? undefined : offsetsOf(lastEventId);
    const takeOver = (): FastifyReply['raw'] => {
      for (const [name, value] of Object.entries(reply.getHeaders())) if (value !== undefined) reply.raw.setHeader(name, value);
      reply.hijack();
      return reply.raw;
    };
    await this.readers.add(takeOver, tenant, query, resumeFrom);
  }
}
