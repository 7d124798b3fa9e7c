import { Controller } from '@nestjs/common';
import { Payload } from '@nestjs/microservices';
import { TOPICS } from '@holdfast/contracts';
import type { MessageBatch } from '@holdfast/messaging';
import { OnTopic } from '@holdfast/messaging';
import { DeadLetterCollector } from './dead-letters/collector.js';
import { Intake } from './intake/intake.js';

/** What comes from the topics. */
@Controller()
export class TopicsController {
  constructor(
    private readonly intake: Intake,
    private readonly collector: DeadLetterCollector,
  ) {}

  @OnTopic(TOPICS.erpStock.name)
  takeStock(@Payload() batch: MessageBatch): Promise<void> {
    return this.intake.take(batch);
  }

  @OnTopic(TOPICS.erpStockDeadLetters.name)
  takeDeadLetters(@Payload() batch: MessageBatch): Promise<void> {
    return this.collector.take(batch);
  }
}
