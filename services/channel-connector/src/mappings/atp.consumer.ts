import { Controller, Inject } from '@nestjs/common';
import { EventPattern, Payload } from '@nestjs/microservices';
import { TOPICS } from '@holdfast/contracts';
import type { MessageBatch } from '@holdfast/messaging';
import { LOGGER, METRICS } from '@holdfast/platform';
import type { Logger, Metrics } from '@holdfast/platform';
import { readAtpMessage } from './atp-message.js';
import { DesiredFigures } from './desired-figures.js';

/** Takes what every channel may promise from the topic. Offsets are stored after the figures were. */
@Controller()
export class AtpConsumer {
  private readonly taken;
  private readonly unreadable;

  constructor(
    private readonly desired: DesiredFigures,
    @Inject(LOGGER) private readonly logger: Logger,
    @Inject(METRICS) metrics: Metrics,
  ) {
    this.taken = metrics.counter('holdfast_channel_atp_messages_total', 'Channel ATP messages taken from the topic');
    this.unreadable = metrics.counter(
      'holdfast_channel_atp_unreadable_total',
      'Channel ATP messages that could not be read and were skipped',
    );
  }

  @EventPattern(TOPICS.channelAtp.name)
  async take(@Payload() batch: MessageBatch): Promise<void> {
    const figures = batch.messages.flatMap((message) => {
      const read = readAtpMessage(message);
      if ('figure' in read) return [read.figure];
      if (message.value !== null) this.skip(batch, message.offset, read.fault);
      return [];
    });
    await this.desired.store(figures);
    this.taken.inc(figures.length);
  }

  /** The topic is Holdfast's own and the next figure of the key replaces this one: worth a warning, not worth stopping for. */
  private skip(batch: MessageBatch, offset: string, fault: string): void {
    this.unreadable.inc();
    this.logger.warn({ topic: batch.topic, partition: batch.partition, offset, fault }, 'a channel ATP message cannot be read');
  }
}
