import { Controller } from '@nestjs/common';
import { EventPattern, Payload } from '@nestjs/microservices';
import { TOPICS } from '@holdfast/contracts';
import type { MessageBatch } from '@holdfast/messaging';
import { Reappraisals } from './reappraisals.js';

/** Notes what happens to stock that pollers read. */
@Controller()
export class ReappraisalsConsumer {
  constructor(private readonly reappraisals: Reappraisals) {}

  @EventPattern(TOPICS.stockEvents.name)
  take(@Payload() batch: MessageBatch): Promise<void> {
    return this.reappraisals.take(batch.messages);
  }
}
