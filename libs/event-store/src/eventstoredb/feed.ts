import type { AllStreamResolvedEvent, AllStreamSubscription } from '@eventstore/db-client';
import { whenAborted } from '@holdfast/kit';
import { passes } from '../filter.js';
import type { EventFilter, Position, RecordedEvent } from '../port.js';
import { toRecorded } from './records.js';

/** A checkpoint that travels among the events, so that it cannot overtake one. */
export class Checkpoint {
  constructor(readonly position: Position) {}
}

interface Entry {
  readonly position: Position;
  readonly event?: RecordedEvent;
}

/** Buffers the events that one subscription pushes, a few batches at most, and returns them in batches. */
export class Feed {
  private entries: Entry[] = [];
  private failure: { readonly error: unknown } | undefined;
  private wake: (() => void) | undefined;
  private readonly detach: () => void;

  constructor(
    private readonly subscription: AllStreamSubscription,
    private readonly filter: EventFilter | undefined,
    private readonly batchSize: number,
    stopping: AbortSignal,
  ) {
    subscription.on('data', (item: AllStreamResolvedEvent | Checkpoint) => this.push(item));
    // The listener stays after the end: a cancelled call may still emit the error.
    subscription.on('error', (error) => this.fail(error));
    subscription.on('end', () => this.fail(new Error('the server ended the subscription')));
    subscription.on('close', () => this.fail(new Error('the subscription was closed')));
    this.detach = whenAborted(stopping, () => this.fail(new Error('stopped')));
  }

  /** Ends the call to the server. The subscription lives on in the next feed, which must not leave this one behind. */
  close(): void {
    this.detach();
    void this.subscription.unsubscribe().catch(() => undefined);
  }

  /** The next events and their end position; undefined when none came within `silenceMs`. @throws the error that ended the subscription */
  async next(silenceMs: number): Promise<{ readonly events: readonly RecordedEvent[]; readonly position: Position } | undefined> {
    for (let isSilent = false; ;) {
      if (this.failure) throw this.failure.error;
      const taken = this.entries.splice(0, this.batchSize);
      const last = taken.at(-1);
      if (this.entries.length < this.batchSize) this.subscription.resume();
      if (last) return { events: taken.flatMap((entry) => entry.event ?? []), position: last.position };
      if (isSilent) return undefined;
      isSilent = await this.silence(silenceMs);
    }
  }

  /** False as soon as something comes, true when nothing did. */
  private silence(ms: number): Promise<boolean> {
    return new Promise((resolve) => {
      const timer = setTimeout(() => resolve(true), ms);
      this.wake = () => {
        clearTimeout(timer);
        resolve(false);
      };
    });
  }

  private push(item: AllStreamResolvedEvent | Checkpoint): void {
    const entry = this.entryOf(item);
    if (!entry) return;
    this.entries.push(entry);
    if (this.entries.length >= this.batchSize * 2) this.subscription.pause();
    this.wake?.();
  }

  private entryOf(item: AllStreamResolvedEvent | Checkpoint): Entry | undefined {
    if (item instanceof Checkpoint) return { position: item.position };
    const position = item.commitPosition ?? item.event?.position.commit;
    if (position === undefined) return undefined;
    const event = item.event ? toRecorded(item.event, position) : undefined;
    return event && passes(this.filter, event) ? { position, event } : { position };
  }

  private fail(error: unknown): void {
    this.failure ??= { error };
    this.wake?.();
  }
}
