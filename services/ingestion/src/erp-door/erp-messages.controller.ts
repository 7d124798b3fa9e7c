import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Caller } from '@holdfast/platform';
import { CurrentCaller, Idempotent, Needs } from '@holdfast/platform';
import { ErpMessagesRequest } from './erp-message.dto.js';
import type { PublishedMessages } from './erp-door.js';
import { ErpDoor } from './erp-door.js';

@ApiTags('ERP')
@Controller('v1/erp/messages')
export class ErpMessagesController {
  constructor(private readonly door: ErpDoor) {}

  /** For an ERP that cannot speak to the topic: publishes valid messages onto it and names the others. */
  @Post()
  @HttpCode(202)
  @Needs('erp.write')
  @Idempotent()
  publish(@CurrentCaller() caller: Caller, @Body() body: ErpMessagesRequest): Promise<PublishedMessages> {
    return this.door.publish(caller.tenant, body.messages);
  }
}
