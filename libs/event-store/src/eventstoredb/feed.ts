import type { AllStreamResolvedEvent, AllStreamSubscription } from '@eventstore/db-client';
import { whenAborted } from '@holdfast/kit';
import type { Position, RecordedEvent } from '../port.js';
import { isSystemEvent, toRecorded } from './records.js';

/** A position that travels among the events, so that it cannot overtake one. */
export class Checkpoint {
  constructor(readonly position: Position) {}
}

/** Travels among the events, too: all that was in the log as the subscription began lies before it. */
export class CaughtUp {}

export interface Fed {
  readonly events: readonly RecordedEvent[];
  /** Everything up to here was looked at; undefined where that did not move. */
  readonly position: Position | undefined;
  /** True once, in the last batch before the subscription goes live. */
  readonly caughtUp: boolean;
}

/** What one subscription of the client pushes, a few batches at most, given in batches. What came before the end is given before it. */
export class Feed {
  private entries: (RecordedEvent | Checkpoint | CaughtUp)[] = [];
  private failure: { readonly error: unknown } | undefined;
  private stopped = false;
  private wake: (() => void) | undefined;
  private readonly detach: () => void;

  constructor(
    private readonly subscription: AllStreamSubscription,
    private readonly batchSize: number,
    stopping: AbortSignal,
  ) {
    subscription.on('data', (item: AllStreamResolvedEvent | Checkpoint | CaughtUp) => this.push(item));
    // The listener stays after the end: a cancelled call may still emit the error.
    subscription.on('error', (error) => this.fail(error));
    subscription.on('end', () => this.fail(new Error('the server ended the subscription')));
    subscription.on('close', () => this.fail(new Error('the subscription was closed')));
    this.detach = whenAborted(stopping, () => {
      this.stopped = true;
      this.fail(new Error('stopped'));
    });
  }

  /** Ends the call to the server. */
  close(): void {
    this.detach();
    void this.subscription.unsubscribe().catch(() => undefined);
  }

  /** The next batch; undefined when nothing came within `silenceMs`. @throws the error that ended the subscription */
  async next(silenceMs: number): Promise<Fed | undefined> {
    if (this.entries.length === 0 && this.failure === undefined && (await this.silence(silenceMs))) return undefined;
    await this.gather();
    if (this.failure && (this.stopped || this.entries.length === 0)) throw this.failure.error;
    const taken = this.entries.splice(0, this.batchSize);
    if (this.entries.length < this.batchSize) this.subscription.resume();
    return fedOf(taken);
  }

  /** Events come one by one, many in a turn of the event loop: a batch takes what keeps coming. */
  private async gather(): Promise<void> {
    for (let before = 0; this.entries.length > before && this.entries.length < this.batchSize && !this.failure;) {
      before = this.entries.length;
      await new Promise((resolve) => setImmediate(resolve));
    }
  }

  /** False as soon as something comes, true when nothing did. */
  private silence(ms: number): Promise<boolean> {
    return new Promise((resolve) => {
      const timer = setTimeout(() => resolve(true), ms);
      this.wake = () => {
        this.wake = undefined;
        clearTimeout(timer);
        resolve(false);
      };
    });
  }

  private push(item: AllStreamResolvedEvent | Checkpoint | CaughtUp): void {
    const entry = entryOf(item);
    if (entry === undefined) return;
    this.entries.push(entry);
    if (this.entries.length >= this.batchSize * 2) this.subscription.pause();
    this.wake?.();
  }

  private fail(error: unknown): void {
    this.failure ??= { error };
    this.wake?.();
  }
}

function entryOf(item: AllStreamResolvedEvent | Checkpoint | CaughtUp): RecordedEvent | Checkpoint | CaughtUp | undefined {
  if (item instanceof Checkpoint || item instanceof CaughtUp) return item;
  const position = item.commitPosition ?? item.event?.position.commit;
  if (position === undefined) return undefined;
  return item.event && !isSystemEvent(item.event) ? toRecorded(item.event, position) : new Checkpoint(position);
}

function fedOf(entries: readonly (RecordedEvent | Checkpoint | CaughtUp)[]): Fed {
  const events: RecordedEvent[] = [];
  let position: Position | undefined;
  let caughtUp = false;
  for (const entry of entries) {
    if (entry instanceof CaughtUp) {
      caughtUp = true;
      continue;
    }
    position = entry.position;
    if (!(entry instanceof Checkpoint)) events.push(entry);
  }
  return { events, position, caughtUp };
}
