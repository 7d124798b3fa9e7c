import { Controller } from '@nestjs/common';
import { EventPattern, Payload } from '@nestjs/microservices';
import { TOPICS } from '@holdfast/contracts';
import type { MessageBatch } from '@holdfast/messaging';
import { DeadLetterCollector } from './dead-letters/collector.js';
import { Intake } from './intake/intake.js';

/** What comes from the topics. */
@Controller()
export class TopicsController {
  constructor(
    private readonly intake: Intake,
    private readonly collector: DeadLetterCollector,
  ) {}

  @EventPattern(TOPICS.erpStock.name)
  takeStock(@Payload() batch: MessageBatch): Promise<void> {
    return this.intake.take(batch);
  }

  @EventPattern(TOPICS.erpStockDeadLetters.name)
  takeDeadLetters(@Payload() batch: MessageBatch): Promise<void> {
    return this.collector.take(batch);
  }
}
