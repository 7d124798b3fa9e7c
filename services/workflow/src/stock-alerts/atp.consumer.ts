import { Controller, Inject } from '@nestjs/common';
import { EventPattern, Payload } from '@nestjs/microservices';
import { TOPICS } from '@holdfast/contracts';
import type { MessageBatch } from '@holdfast/messaging';
import { LOGGER } from '@holdfast/platform';
import type { Logger } from '@holdfast/platform';
import { readStockMessage } from './stock-message.js';
import { StockWatch } from './stock-watch.js';

@Controller()
export class AtpConsumer {
  constructor(
    private readonly watch: StockWatch,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  @EventPattern(TOPICS.atp.name)
  async take(@Payload() batch: MessageBatch): Promise<void> {
    const figures = batch.messages.flatMap((message) => {
      const read = readStockMessage(message);
      if ('figure' in read) return [read.figure];
      // The topic is Holdfast's own and the next figure of the key replaces this one: worth a warning, not worth stopping for.
      if (message.value !== null)
        this.logger.warn(
          { topic: batch.topic, partition: batch.partition, offset: message.offset, fault: read.fault },
          'an ATP message cannot be read',
        );
      return [];
    });
    await this.watch.see(figures);
  }
}
