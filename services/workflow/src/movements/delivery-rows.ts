import type { PoolClient } from 'pg';
import { STREAMS } from '@holdfast/contracts';
import type { RecordedEvent } from '@holdfast/event-store';
import type { SkuEvent } from '@holdfast/inventory';
import type { Follower } from '../following/follow-events.js';

/** Keeps every announced delivery, for analysts. */
export const deliveryFollower: Follower = {
  name: 'deliveries',
  filter: {
    streamPrefixes: [STREAMS.stock.prefix],
    types: STREAMS.stock.storedTypes(['InboundDeclared', 'InboundCancelled', 'StockReceived']),
  },
  apply: async (client, events) => {
    for (const recorded of events) await storeDelivery(client, recorded, STREAMS.stock.decode(recorded));
  },
};

const DECLARE = `
  INSERT INTO workflow.delivery AS i (tenant, sku, reference, revision, updated_at, declared_at, location_id, quantity, expected_at)
  VALUES ($1, $2, $3, $4, to_timestamp($5::float8 / 1000), to_timestamp($5::float8 / 1000), $6, $7, to_timestamp($8::float8 / 1000))
  ON CONFLICT (tenant, sku, reference) DO UPDATE SET location_id = excluded.location_id, quantity = excluded.quantity,
    expected_at = excluded.expected_at, cancelled_at = NULL, updated_at = excluded.updated_at, revision = excluded.revision
  WHERE excluded.revision > i.revision`;

const CANCEL = `
  UPDATE workflow.delivery SET cancelled_at = to_timestamp($5::float8 / 1000), updated_at = to_timestamp($5::float8 / 1000), revision = $4
   WHERE tenant = $1 AND sku = $2 AND reference = $3 AND revision < $4`;

const ARRIVE = `
  UPDATE workflow.delivery SET received = received + $6, excess = excess + $7, updated_at = to_timestamp($5::float8 / 1000), revision = $4
   WHERE tenant = $1 AND sku = $2 AND reference = $3 AND revision < $4`;

/** Deliveries are few beside other events, so each takes a statement of its own. */
async function storeDelivery(client: PoolClient, recorded: RecordedEvent, event: SkuEvent): Promise<void> {
  const { tenant, at } = recorded.metadata;
  const store = (text: string, reference: string, ...more: readonly unknown[]): Promise<unknown> =>
    client.query(text, [tenant, STREAMS.stock.idOf(recorded), reference, recorded.revision, at, ...more]);
  if (event.type === 'InboundDeclared') await store(DECLARE, event.reference, event.locationId, event.quantity, event.expectedAt);
  else if (event.type === 'InboundCancelled') await store(CANCEL, event.reference);
  else if (event.type === 'StockReceived') {
    for (const { reference, quantity, excess } of event.inbound ?? []) await store(ARRIVE, reference, quantity, excess ?? 0);
  }
}
