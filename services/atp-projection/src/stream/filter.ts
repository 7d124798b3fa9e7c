import type { AtpMessage, ChannelAtpMessage } from '@holdfast/contracts';
import { TOPICS } from '@holdfast/contracts';
import { IsChannelId, IsLocationId, IsOneOf, IsSku } from '@holdfast/platform';
import type { IncomingMessage } from '@holdfast/messaging';

export const STREAMED_TOPICS: readonly string[] = [TOPICS.atp.name, TOPICS.channelAtp.name];

export class StreamQuery {
  @IsSku({ optional: true, description: 'Changes of this SKU only' })
  readonly sku?: string;

  @IsLocationId({ optional: true, description: 'Changes at this location only' })
  readonly locationId?: string;

  @IsChannelId({ optional: true, description: 'Changes of what this channel may promise only' })
  readonly channelId?: string;

  @IsOneOf(STREAMED_TOPICS, { optional: true, description: 'Messages of this topic only' })
  readonly topic?: string;
}

export interface StreamedMessage {
  readonly topic: string;
  /** The CloudEvent as it is stored on the topic. */
  readonly json: string;
  readonly event: AtpMessage | ChannelAtpMessage;
}

/** A message of the bus; undefined for a tombstone, and for a value that is no JSON: a foreign message must not stop the stream. */
export function streamed(message: IncomingMessage): StreamedMessage | undefined {
  if (message.value === null) return undefined;
  try {
    return { topic: message.topic, json: message.value, event: JSON.parse(message.value) as AtpMessage | ChannelAtpMessage };
  } catch {
    return undefined;
  }
}

/** Whether a reader of a tenant wants to see a message. */
export function wants(query: StreamQuery, tenant: string, { topic, event }: StreamedMessage): boolean {
  if (event.tenant !== tenant) return false;
  if (query.topic !== undefined && topic !== query.topic) return false;
  if (query.sku !== undefined && event.data.sku !== query.sku) return false;
  if (query.locationId !== undefined && !('locationId' in event.data && event.data.locationId === query.locationId)) return false;
  return query.channelId === undefined || ('channelId' in event.data && event.data.channelId === query.channelId);
}
