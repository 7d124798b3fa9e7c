import { STREAMS, TOPICS, cloudEvent, newestVersion } from '@holdfast/contracts';
import type { AtpMessage, ChannelAtpMessage, StockEventMessage } from '@holdfast/contracts';
import type { RecordedEvent } from '@holdfast/event-store';
import { isKeptByChannel, itemId } from '@holdfast/inventory';
import type { OutgoingMessage } from '@holdfast/messaging';
import type { ChannelAtpRow, StockRow, Turn } from '@holdfast/read-model';

/** Messages for one topic, in order. */
export interface Outgoing {
  readonly topic: string;
  readonly messages: readonly OutgoingMessage[];
}

const SOURCE = 'holdfast/atp-projection';

/** The id names key and version, so that a message that is published again is known for the same. */
export function atpMessage(row: StockRow, causes: readonly string[]): OutgoingMessage {
  const key = `${row.tenant}|${row.sku}|${row.locationId}`;
  const message: AtpMessage = cloudEvent({
    id: `atp|${key}|${row.version}`,
    source: SOURCE,
    type: 'holdfast.inventory.atp.v1',
    subject: itemId(row.sku, row.locationId),
    at: row.updatedAt,
    tenant: row.tenant,
    data: {
      sku: row.sku,
      locationId: row.locationId,
      onHand: row.onHand,
      reserved: row.reserved,
      held: row.held,
      // What a channel keeps and sells itself can be had from nobody else.
      available: isKeptByChannel(row.locationId) ? 0 : row.onHand - row.reserved - row.held,
      safetyStock: row.safetyStock,
      inTransit: row.inTransit,
      version: row.version,
      position: row.position.toString(),
      causes,
    },
  });
  return { key, value: JSON.stringify(message) };
}

export function channelAtpMessage(row: ChannelAtpRow): OutgoingMessage {
  const key = `${row.tenant}|${row.channelId}|${row.sku}`;
  const message: ChannelAtpMessage = cloudEvent({
    id: `channel-atp|${key}|${row.version}`,
    source: SOURCE,
    type: 'holdfast.inventory.channel-atp.v1',
    subject: row.sku,
    at: row.updatedAt,
    tenant: row.tenant,
    data: {
      sku: row.sku,
      channelId: row.channelId,
      atp: row.atp,
      locations: row.locations,
      version: row.version,
      position: row.position.toString(),
    },
  });
  return { key, value: JSON.stringify(message) };
}

const isRecord = (data: unknown): data is Readonly<Record<string, unknown>> => typeof data === 'object' && data !== null;

/** A domain event in its newest version. Its key is the SKU's, or the stream's where it is about no single SKU. */
export function stockEventMessage(event: RecordedEvent): OutgoingMessage {
  const { tenant } = event.metadata;
  const about = STREAMS.stock.holds(event) ? STREAMS.stock.idOf(event) : event.stream;
  const { type, data } = newestVersion(event);
  const message: StockEventMessage = cloudEvent({
    id: event.id,
    source: SOURCE,
    type: `holdfast.stock.${type}`,
    subject: about,
    at: event.metadata.at,
    tenant,
    data: {
      stream: event.stream,
      revision: event.revision,
      position: event.position.toString(),
      event: isRecord(data) ? data : {},
    },
  });
  return { key: `${tenant}|${about}`, value: JSON.stringify(message) };
}

/** All that a turn has to tell: every event, and one message for each row that changed. */
export const outgoingOf = (turn: Turn, events: readonly RecordedEvent[]): readonly Outgoing[] => [
  { topic: TOPICS.stockEvents.name, messages: events.map(stockEventMessage) },
  { topic: TOPICS.atp.name, messages: turn.changes.stock.map(({ row, causes }) => atpMessage(row, causes)) },
  { topic: TOPICS.channelAtp.name, messages: turn.changes.channelAtp.map(channelAtpMessage) },
];
