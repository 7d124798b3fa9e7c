import { pause, ProcessBusy, type ProcessTable } from '@holdfast/kit';
import { keyOf, type ChannelRef } from '../accounts/channel-ref.js';

export interface ChannelWorkOptions {
  readonly processes: ProcessTable;
  /** Channels with something to do, longest waiting first, at most so many. */
  readonly due: (most: number) => Promise<readonly ChannelRef[]>;
  /** Does what is due for one channel; ends soon when told to stop. */
  readonly work: (channel: ChannelRef, stopping: AbortSignal, check: () => void) => Promise<void>;
  readonly everyMs: number;
  readonly onFault: (error: unknown) => void;
}

/** Channels of one process that are worked on at the same time. */
const AT_ONCE = 8;

/** Work that is done per channel by one process at a time, among all processes, and goes on where a process that ended left it. */
export class ChannelWork {
  private readonly stopping = new AbortController();
  private readonly running = new Map<string, Promise<void>>();
  private loop: Promise<void> = Promise.resolve();
  private wake: () => void = () => undefined;
  private woken = false;

  constructor(private readonly options: ChannelWorkOptions) {}

  start(): void {
    this.loop = this.run();
  }

  /** There may be something to do: look now rather than at the next beat. */
  nudge(): void {
    this.woken = true;
    this.wake();
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    this.wake();
    await this.loop;
    await Promise.all(this.running.values());
  }

  private async run(): Promise<void> {
    while (!this.stopping.signal.aborted) {
      this.woken = false;
      await this.look().catch(this.options.onFault);
      if (!this.woken) await this.rest();
    }
  }

  private async look(): Promise<void> {
    const free = AT_ONCE - this.running.size;
    if (free <= 0) return;
    for (const channel of await this.options.due(AT_ONCE)) {
      const key = keyOf(channel);
      if (this.running.has(key) || this.running.size >= AT_ONCE) continue;
      this.running.set(
        key,
        this.hold(channel).finally(() => this.running.delete(key)),
      );
    }
  }

  private async hold(channel: ChannelRef): Promise<void> {
    const { processes, work, onFault, everyMs } = this.options;
    try {
      const ref = { tenant: channel.tenant, id: channel.channelId };
      await processes.hold(ref, (lease) => work(channel, this.stopping.signal, () => lease.check()));
    } catch (error) {
      // Another process has it, and looks for new work before it ends.
      if (!(error instanceof ProcessBusy)) onFault(error);
      // What is due stays due; without a pause a channel that always fails would be tried without end.
      await pause(everyMs, this.stopping.signal);
    }
  }

  private rest(): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, this.options.everyMs);
      this.wake = () => {
        clearTimeout(timer);
        resolve();
      };
      if (this.stopping.signal.aborted || this.woken) this.wake();
    });
  }
}
