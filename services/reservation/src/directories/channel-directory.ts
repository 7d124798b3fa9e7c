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
 * Channels of all tenants with their settings, at most a second old. A channel that is not known is looked for in the stream, so that it
 * can be used in the moment in which it was made.
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
    // One that is disabled is looked for too, so that it can be used in the moment in which it is enabled.
    if (known !== undefined && found?.enabled === true && this.clock.now() - known.asOf < CHANNEL_SETTINGS_AGE_MS) return found;
    return (await this.newest(tenant)).channels.get(channelId);
  }

  /** All who ask at once share one look. */
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
    // Names that are no tenant's are not remembered.
    if (known.next > 0) this.tenants.set(tenant, known);
    return known;
  }
}
