import type { ServerResponse } from 'node:http';
import { Injectable } from '@nestjs/common';
import type { BeforeApplicationShutdown, OnModuleDestroy } from '@nestjs/common';
import { EventStream, HELLO_EVENT, Problem, type SentEvent } from '@holdfast/platform';
import type { IncomingMessage } from '@holdfast/messaging';
import { streamed, wants } from './filter.js';
import type { StreamQuery } from './filter.js';
import { LiveTopics, type Listening } from './live-topics.js';
import { advance, offsetsBefore, tokenOf } from './tokens.js';
import type { Offsets } from './tokens.js';

/** Each costs a connection; a resuming one a reader of the bus too. */
const MAX_READERS = 500;
const MAX_RESUMING = 50;
const PATIENCE_MS = 1_000;

/** The readers of the live stream of this process. */
@Injectable()
export class Readers implements OnModuleDestroy, BeforeApplicationShutdown {
  private readonly open = new Set<EventStream>();
  private resuming = 0;

  constructor(private readonly topics: LiveTopics) {}

  get counts(): { readonly readers: number; readonly resuming: number } {
    return { readers: this.open.size, resuming: this.resuming };
  }

  /** @throws Problem 503 `too_many_readers` */
  async add(response: () => ServerResponse, tenant: string, query: StreamQuery, resumeFrom: Offsets | undefined): Promise<void> {
    if (this.open.size >= MAX_READERS || (resumeFrom !== undefined && this.resuming >= MAX_RESUMING)) {
      throw new Problem(503, 'too_many_readers', 'Too many read the live stream of this process', { headers: { 'retry-after': '5' } });
    }
    const stream = new EventStream(response());
    this.open.add(stream);
    const tell = (messages: readonly IncomingMessage[], next: Offsets): void => this.tell(stream, tenant, query, messages, next);
    if (resumeFrom !== undefined) this.resuming += 1;
    const forget = (): void => {
      this.open.delete(stream);
      if (resumeFrom !== undefined) this.resuming -= 1;
    };
    const { from, leave } = await this.subscribe(stream, tell, resumeFrom).catch((error: unknown) => {
      forget();
      stream.end();
      throw error;
    });
    stream.send([{ id: tokenOf(from), event: HELLO_EVENT, data: '{}' }]);
    const left = (): void => {
      forget();
      void leave().catch(() => undefined);
    };
    if (stream.open) stream.onClose(left);
    else left();
  }

  onModuleDestroy(): void {
    for (const stream of this.open) stream.end();
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.topics.stop();
  }

  private async subscribe(
    stream: EventStream,
    tell: (messages: readonly IncomingMessage[], next: Offsets) => void,
    resumeFrom: Offsets | undefined,
  ): Promise<Listening> {
    if (resumeFrom === undefined) {
      // All readers share one subscription. A reader that is too slow is disconnected, so that it does not delay the others, and resumes by its last id.
      return this.topics.listen(async (messages, next) => {
        tell(messages, next);
        if (!(await stream.keepsUp(PATIENCE_MS))) stream.cut();
      });
    }
    return this.topics.resume(resumeFrom, async (messages, next) => {
      tell(messages, next);
      await stream.drained();
    });
  }

  private tell(stream: EventStream, tenant: string, query: StreamQuery, messages: readonly IncomingMessage[], next: Offsets): void {
    const offsets = offsetsBefore(messages, next);
    const events: SentEvent[] = [];
    for (const message of messages) {
      advance(offsets, message);
      const parsed = streamed(message);
      if (parsed !== undefined && wants(query, tenant, parsed))
        events.push({ id: tokenOf(offsets), event: parsed.topic, data: parsed.json });
    }
    stream.send(events);
  }
}
