import { Delivery, reportFault } from '../../delivery/delivery.js';
import { GrowingPause, pause } from '@holdfast/kit';
import type { Bus, BusSubscription, ConsumeOptions } from '../../port.js';
import type { Connections } from '../connections.js';
import { isFenced } from '../faults.js';
import type { HeadWatch } from './head-watch.js';
import type { LogSource } from './log-reader.js';
import type { Offsets } from './offsets.js';
import type { Settings } from '../options.js';
import { PartitionWorker, type Ownership } from './partition-worker.js';
import type { Joined, Session } from '../session.js';
import type { Topics } from '../topics.js';

export interface EngineParts {
  readonly settings: Settings;
  readonly connections: Connections;
  readonly topics: Topics;
  readonly watch: HeadWatch;
  readonly session: Session;
  readonly log: LogSource;
  readonly offsets: Offsets;
  readonly publish: Bus['publish'];
}

interface Share {
  readonly head_id: number;
  readonly next_seq: string;
  readonly end_seq: string;
  readonly surplus: boolean;
}

const DEFAULT_BATCH_SIZE = 500;

/** One member of a consumer group: renews its lease, takes the partitions of its share, and releases the others. */
export class GroupSubscription implements BusSubscription {
  private readonly workers = new Map<number, PartitionWorker>();
  private readonly releasing = new Map<number, Promise<void>>();
  private readonly ending = new AbortController();
  private rouse = new AbortController();
  private leaseUntil = 0;
  private running: Promise<void> = Promise.resolve();

  constructor(
    private readonly parts: EngineParts,
    private readonly options: ConsumeOptions,
  ) {}

  async start(): Promise<void> {
    const joined = await this.join();
    this.running = this.run(joined);
  }

  async stop(): Promise<void> {
    this.ending.abort();
    this.rouse.abort();
    await this.running;
  }

  private join(): Promise<Joined> {
    const { group, topics, from } = this.options;
    return this.parts.session.join(group, topics, from === 'latest');
  }

  private async run(first: Joined): Promise<void> {
    const growing = new GrowingPause(100, 2_000);
    let joined: Joined | undefined = first;
    while (joined !== undefined || !this.ending.signal.aborted) {
      try {
        joined ??= await this.join();
        await this.serve(joined);
        joined = undefined;
        growing.reset();
      } catch (error) {
        joined = undefined;
        this.fault(error);
        await growing.wait(this.ending.signal);
      }
    }
  }

  /** Works as this member until the subscription ends or other members count it as dead. */
  private async serve(joined: Joined): Promise<void> {
    const unlisten = this.parts.session.listen({ ...joined, onChange: () => this.rouse.abort() });
    try {
      let fenced = false;
      while (!this.ending.signal.aborted && !fenced) {
        this.rouse = new AbortController();
        fenced = await this.renew(joined);
        if (!fenced && !this.ending.signal.aborted) await pause(this.parts.settings.leaseMs / 3, this.rouse.signal);
      }
    } finally {
      await Promise.all([...this.workers.values()].map((worker) => worker.stop()));
      this.workers.clear();
      await Promise.all(this.releasing.values());
      unlisten();
    }
    if (this.ending.signal.aborted) await this.parts.session.leave(joined.member).catch((error: unknown) => this.fault(error));
  }

  private async renew(joined: Joined): Promise<boolean> {
    const { connections, settings } = this.parts;
    const asked = performance.now();
    try {
      const { rows } = await connections.quick.query<Share>('select * from bus.renew($1, $2)', [joined.member, settings.leaseMs]);
      this.leaseUntil = asked + settings.leaseMs;
      await this.adopt(joined, rows);
    } catch (error) {
      if (isFenced(error)) return true;
      this.fault(error);
      await pause(200, this.ending.signal);
    }
    return false;
  }

  private async adopt(joined: Joined, shares: readonly Share[]): Promise<void> {
    const mine = new Set(shares.map((share) => share.head_id));
    const lost = [...this.workers.keys()].filter((head) => !mine.has(head) && !this.releasing.has(head));
    for (const head of lost) this.letGo(joined, head, false);
    for (const share of shares) {
      if (this.releasing.has(share.head_id)) continue;
      if (share.surplus) this.letGo(joined, share.head_id, true);
      else if (!this.workers.has(share.head_id)) this.take(joined, share);
    }
  }

  private take(joined: Joined, share: Share): void {
    const { topics, watch, publish, log, offsets } = this.parts;
    const head = topics.head(share.head_id);
    if (!head || this.ending.signal.aborted) return;
    const ownership: Ownership = { ...joined, isCurrent: () => performance.now() < this.leaseUntil };
    const delivery = new Delivery(publish, this.options, head.topic, head.partition);
    const onLost = (): void => this.letGo(joined, head.id, false);
    const batchSize = this.options.batchSize ?? DEFAULT_BATCH_SIZE;
    const onFault = (error: unknown): void => this.fault(error);
    watch.raise(head.id, Number(share.end_seq));
    const worker = new PartitionWorker(
      { log, offsets, watch, delivery, batchSize, onFault, onLost },
      head,
      ownership,
      Number(share.next_seq),
    );
    this.workers.set(head.id, worker);
  }

  private letGo(joined: Joined, head: number, owned: boolean): void {
    if (this.releasing.has(head)) return;
    const release = async (): Promise<void> => {
      await this.workers.get(head)?.stop();
      this.workers.delete(head);
      if (owned) await this.parts.connections.quick.query('select bus.release($1, $2, $3)', [joined.member, joined.group, head]);
    };
    const released = release()
      .catch((error: unknown) => this.fault(error))
      .finally(() => {
        this.releasing.delete(head);
        this.rouse.abort();
      });
    this.releasing.set(head, released);
  }

  private fault(error: unknown): void {
    reportFault(this.options.onFault, error);
  }
}
