import { Controller, Inject } from '@nestjs/common';
import { EventPattern, Payload } from '@nestjs/microservices';
import { TOPICS } from '@holdfast/contracts';
import type { MessageBatch } from '@holdfast/messaging';
import { LOGGER } from '@holdfast/platform';
import type { Logger } from '@holdfast/platform';
import { readAlert } from './alert-intake.js';
import { AlertList } from './alert-list.js';

/** Keeps the alerts of all services as they are told on the topic, to be asked for. */
@Controller()
export class AlertsConsumer {
  constructor(
    private readonly alerts: AlertList,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  @EventPattern(TOPICS.alerts.name)
  async take(@Payload() batch: MessageBatch): Promise<void> {
    const alerts = batch.messages.flatMap(({ value, offset }) => {
      const alert = readAlert(value);
      if (alert !== undefined) return [alert];
      // The topic is Holdfast's own: worth a warning, not worth stopping for.
      this.logger.warn({ topic: batch.topic, partition: batch.partition, offset }, 'an alert cannot be read and is not listed');
      return [];
    });
    await this.alerts.store(alerts);
  }
}
