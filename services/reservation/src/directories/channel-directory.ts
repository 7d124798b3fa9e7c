import { versionedCodec, type EventStore } from '@holdfast/event-store';
import { evolveChannels, initialChannels, type ChannelEvent, type ChannelsState } from '@holdfast/inventory';

const codec = versionedCodec<ChannelEvent>();

const channelsStream = (tenant: string): string => `channels-${tenant}`;

interface Known {
  readonly channels: ChannelsState;
  /** Revision of the stream that comes next. */
  readonly next: number;
}

/**
 * Channels of all tenants. A channel never becomes unknown again, so what is known needs no news; what is not is looked for in the
 * stream, so that a channel can be used in the moment in which it was made.
 */
export class ChannelDirectory {
  private readonly tenants = new Map<string, Known>();

  constructor(private readonly eventStore: EventStore) {}

  /** @throws EventStoreUnavailable */
  async has(tenant: string, channelId: string): Promise<boolean> {
    const known = this.tenants.get(tenant) ?? { channels: initialChannels(), next: 0 };
    if (known.channels.has(channelId)) return true;
    const events = await this.eventStore.readStream(channelsStream(tenant), { from: known.next });
    if (events.length === 0) return false;
    const channels = events.reduce((state, event) => evolveChannels(state, codec.decode(event)), known.channels);
    this.tenants.set(tenant, { channels, next: known.next + events.length });
    return channels.has(channelId);
  }
}
