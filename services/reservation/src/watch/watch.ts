import { START, type EventStore, type EventSubscription, type Position, type RecordedEvent } from '@holdfast/event-store';
import type { CancelTimer, Clock, Timers } from '@holdfast/kit';
import { CHECKPOINT_INTERVAL_MS, WATCH_CONCURRENCY, WATCH_RETRY } from '../limits.js';
import type { CheckpointStore } from './checkpoint.js';
import { DueWork, type Fate } from './due-work.js';
import type { OpenWork } from './open-work.js';
import { OpenWorkSet } from './open-work-set.js';
import { observe, WATCHED } from './watched-events.js';

export interface WatchOptions {
  readonly eventStore: EventStore;
  readonly checkpoint: CheckpointStore;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly act: (item: OpenWork) => Promise<Fate>;
  readonly onFault: (error: unknown, doing: string) => void;
  /** Told how many items are open after each batch of events. */
  readonly onSize: (size: number) => void;
}

/** After this time without a batch of events, the watch counts as caught up. */
const QUIET_MS = 2_000;

/**
 * Follows the log, knows every open hold and order, and acts on each when it is due: it expires it, finishes what a crash left undone, and
 * releases left-behind holds. All its actions are idempotent, so several instances may watch the same log.
 */
export class Watch {
  readonly open = new OpenWorkSet();
  private readonly due: DueWork;
  private position: Position = START;
  private savedPosition: Position | undefined;
  private subscription: EventSubscription | undefined;
  private caughtUp = false;
  private quiet: CancelTimer | undefined;
  private nextSave: CancelTimer | undefined;
  private saving: Promise<void> = Promise.resolve();
  private stopped = false;

  constructor(private readonly options: WatchOptions) {
    const { clock, timers, act, onFault } = options;
    this.due = new DueWork(this.open, {
      clock,
      timers,
      act,
      onEnded: (item) => this.open.end(item, this.position),
      onFault: (error, item) => onFault(error, `${item.kind} ${item.reservationId}`),
      concurrency: WATCH_CONCURRENCY,
      retry: WATCH_RETRY,
    });
  }

  /** Resolves once it follows the log; catching up continues in the background. */
  async start(): Promise<void> {
    const { eventStore, checkpoint, onFault } = this.options;
    const [restored, head] = await Promise.all([checkpoint.load(), eventStore.head()]);
    // A checkpoint beyond the end of the log is of another log.
    if (restored !== undefined && restored.position <= head) {
      restored.items.forEach((item) => this.open.restore(item));
      this.position = this.savedPosition = restored.position;
    }
    this.subscription = eventStore.subscribe({
      after: this.position,
      filter: WATCHED,
      batchSize: 1_000,
      onBatch: async ({ events, position, live }) => {
        for (const event of events) this.observe(event);
        this.position = position;
        if (live || position >= head) this.begin();
        else this.awaitQuiet();
        this.due.arm();
        this.options.onSize(this.open.size);
      },
      onFault: (error) => onFault(error, 'subscription'),
    });
    if (this.position >= head) this.begin();
    else this.awaitQuiet();
    this.scheduleSave();
  }

  /** Resolves when nothing runs and the open items are stored in the checkpoint. */
  async stop(): Promise<void> {
    this.stopped = true;
    this.quiet?.();
    this.nextSave?.();
    await this.subscription?.stop();
    await this.due.stop();
    await this.saving;
    await this.save();
  }

  /** An event that cannot be decoded is skipped: it must not stop the expiry of all other holds. */
  private observe(event: RecordedEvent): void {
    try {
      // While it catches up, the events are old.
      observe(this.open, event, this.caughtUp ? this.options.clock.now() : event.metadata.at);
    } catch (error) {
      this.options.onFault(error, `${event.type} at ${event.position} of ${event.stream}, which is passed over`);
    }
  }

  /** Acting earlier would act on items that have ended later in the log. */
  private begin(): void {
    if (this.caughtUp || this.stopped) return;
    this.caughtUp = true;
    this.quiet?.();
    this.due.start();
  }

  private awaitQuiet(): void {
    if (this.caughtUp) return;
    this.quiet?.();
    this.quiet = this.options.timers.after(QUIET_MS, () => this.begin());
  }

  private scheduleSave(): void {
    if (this.stopped) return;
    this.nextSave = this.options.timers.after(CHECKPOINT_INTERVAL_MS, () => {
      this.saving = this.save().then(() => this.scheduleSave());
    });
  }

  private async save(): Promise<void> {
    const { position } = this;
    if (position === this.savedPosition) return;
    const changes = this.open.takeChanges();
    try {
      await this.options.checkpoint.save(changes, position);
      this.savedPosition = position;
    } catch (error) {
      this.open.untake(changes);
      this.options.onFault(error, 'checkpoint');
    }
  }
}
