import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiAcceptedResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Caller } from '@holdfast/platform';
import { CurrentCaller, Idempotent, Needs, TakesLines } from '@holdfast/platform';
import { ErpMessagesRequest, PublishedMessages } from './erp-message.dto.js';
import { ErpPublisher } from './erp-publisher.js';

@ApiTags('ERP')
@Controller('v1/erp/messages')
export class ErpMessagesController {
  constructor(private readonly publisher: ErpPublisher) {}

  @Post()
  @TakesLines()
  @HttpCode(202)
  @Needs('erp.write')
  @Idempotent()
  @ApiOperation({
    operationId: 'erpMessages.publish',
    summary: 'Publish stock messages of an ERP that cannot speak to the topic',
    description: 'Valid messages are published; the others are named with what is wrong.',
  })
  @ApiAcceptedResponse({ type: PublishedMessages })
  publish(@CurrentCaller() caller: Caller, @Body() body: ErpMessagesRequest): Promise<PublishedMessages> {
    return this.publisher.publish(caller.tenant, body.messages);
  }
}
