import { EventStoreUnavailable } from '@holdfast/event-store';
import type {
  AllPage,
  AppendResult,
  EventStore,
  EventSubscription,
  NewEvent,
  Position,
  ReadAllOptions,
  ReadStreamOptions,
  RecordedEvent,
  SubscribeOptions,
} from '@holdfast/event-store';

/** What happens to an append: it fails before it is stored, it is stored but the answer is lost, or another append comes first. */
export type AppendFault = 'fails' | 'loses answer' | (() => Promise<unknown>);

/** A store that fails as told, counts calls, and takes time for each. */
export class FaultyEventStore implements EventStore {
  readonly appends: { readonly expected: number; readonly events: readonly NewEvent[] }[] = [];
  reads = 0;
  /** Faults of the next appends, one each. */
  readonly faults: AppendFault[] = [];
  /** Asked for each append that has no fault of its own. */
  chance: () => AppendFault | undefined = () => undefined;
  away = false;

  constructor(
    private readonly inner: EventStore,
    private readonly delay: () => Promise<void> = () => new Promise((resolve) => setImmediate(resolve)),
  ) {}

  async append(stream: string, expected: number, events: readonly NewEvent[]): Promise<AppendResult> {
    this.appends.push({ expected, events });
    await this.reach();
    const fault = this.faults.shift() ?? this.chance();
    if (fault === 'fails') throw new EventStoreUnavailable('lost on the way there');
    if (typeof fault === 'function') await fault();
    const result = await this.inner.append(stream, expected, events);
    await this.delay();
    if (fault === 'loses answer') throw new EventStoreUnavailable('lost on the way back');
    return result;
  }

  async readStream(stream: string, options?: ReadStreamOptions): Promise<readonly RecordedEvent[]> {
    this.reads += 1;
    await this.reach();
    return await this.inner.readStream(stream, options);
  }

  async readAll(options: ReadAllOptions): Promise<AllPage> {
    await this.reach();
    return await this.inner.readAll(options);
  }

  head(): Promise<Position> {
    return this.inner.head();
  }

  subscribe(options: SubscribeOptions): EventSubscription {
    return this.inner.subscribe(options);
  }

  ping(): Promise<void> {
    return this.inner.ping();
  }

  close(): Promise<void> {
    return this.inner.close();
  }

  private async reach(): Promise<void> {
    await this.delay();
    if (this.away) throw new EventStoreUnavailable('away');
  }
}
