import { STREAMS } from '@holdfast/contracts';
import type { EventStore } from '@holdfast/event-store';
import { evolveChannels, initialChannels, type ChannelsState, type KnownChannel } from '@holdfast/inventory';
import type { Clock } from '@holdfast/kit';
import { CHANNEL_SETTINGS_AGE_MS } from '../limits.js';

interface Known {
  readonly channels: ChannelsState;
  /** Revision of the stream that comes next. */
  readonly next: number;
  readonly asOf: number;
}

/**
 * Returns channels with their settings, at most a second old. An unknown channel is read from the stream, so that it can be used as soon as
 * it exists.
 */
export class ChannelDirectory {
  private readonly tenants = new Map<string, Known>();
  private readonly reading = new Map<string, Promise<Known>>();

  constructor(
    private readonly eventStore: EventStore,
    private readonly clock: Clock,
  ) {}

  /** @throws EventStoreUnavailable */
  async find(tenant: string, channelId: string): Promise<KnownChannel | undefined> {
    const known = this.tenants.get(tenant);
    const found = known?.channels.get(channelId);
    // A disabled channel is read again, too, so that it can be used as soon as it is enabled.
    if (known !== undefined && found?.enabled === true && this.clock.now() - known.asOf < CHANNEL_SETTINGS_AGE_MS) return found;
    return (await this.newest(tenant)).channels.get(channelId);
  }

  /** Concurrent calls share one read. */
  private newest(tenant: string): Promise<Known> {
    const under = this.reading.get(tenant);
    if (under !== undefined) return under;
    const look = this.look(tenant).finally(() => this.reading.delete(tenant));
    this.reading.set(tenant, look);
    return look;
  }

  private async look(tenant: string): Promise<Known> {
    const before = this.tenants.get(tenant) ?? { channels: initialChannels(), next: 0 };
    const asOf = this.clock.now();
    const events = await this.eventStore.readStream(STREAMS.channels.streamOf(tenant), { from: before.next });
    const channels = events.reduce((state, event) => evolveChannels(state, STREAMS.channels.decode(event)), before.channels);
    const known = { channels, next: before.next + events.length, asOf };
    // A tenant without a stream is not cached.
    if (known.next > 0) this.tenants.set(tenant, known);
    return known;
  }
}
