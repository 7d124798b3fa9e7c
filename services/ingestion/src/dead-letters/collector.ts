import type { MessageBatch } from '@holdfast/messaging';
import type { IntakeMetrics } from '../intake/intake-metrics.js';
import type { DeadLetters } from './dead-letters.js';
import { readLetter } from './read-letter.js';

/** Copies the dead-letter topic into a table, where people find it and it outlives the topic. */
export class DeadLetterCollector {
  constructor(
    private readonly letters: DeadLetters,
    private readonly metrics: Pick<IntakeMetrics, 'deadLetter'>,
  ) {}

  async take(batch: MessageBatch): Promise<void> {
    const kept = await this.letters.keep(batch.messages.map(readLetter));
    for (const code of kept) this.metrics.deadLetter(code);
  }
}
