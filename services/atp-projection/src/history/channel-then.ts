import { STREAMS } from '@holdfast/contracts';
import type { EventStore } from '@holdfast/event-store';
import type { ChannelPolicy } from '@holdfast/inventory';

const PAGE = 500;

export interface ChannelSettings {
  readonly policy: ChannelPolicy;
  readonly enabled: boolean;
}

/** The policy that a channel had at a time; undefined for a channel that there was not. @param at epoch milliseconds; default now */
export async function channelThen(
  store: Pick<EventStore, 'readStream'>,
  tenant: string,
  channelId: string,
  at: number = Number.POSITIVE_INFINITY,
): Promise<ChannelSettings | undefined> {
  const stream = STREAMS.channels.streamOf(tenant);
  let channel: ChannelSettings | undefined;
  for (let from = 0; ; from += PAGE) {
    const events = await store.readStream(stream, { from, limit: PAGE });
    for (const recorded of events) {
      if (recorded.recordedAt > at) return channel;
      const event = STREAMS.channels.decode(recorded);
      if (event.channelId !== channelId) continue;
      if (event.type !== 'ChannelDisabled') channel = { policy: event.policy, enabled: true };
      else if (channel !== undefined) channel = { ...channel, enabled: false };
    }
    if (events.length < PAGE) return channel;
  }
}
