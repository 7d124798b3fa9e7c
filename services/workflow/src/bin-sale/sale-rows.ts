import type { PoolClient } from 'pg';
import { STREAMS } from '@holdfast/contracts';
import type { RecordedEvent } from '@holdfast/event-store';
import type { LocationEvent } from '@holdfast/inventory';
import type { Follower } from '../following/follow-events.js';
import { positionsOf } from '../put-away/content-rows.js';

/** Events by which units come into a bin from outside, or change bin: sales say nothing of what is for sale. */
const TELLING = STREAMS.stock.storedTypes(['StockReceived', 'StockAdjusted', 'TransferReceived', 'PositionsCorrected']);

/** Keeps which bins are for sale by the catalogue, and what each SKU was told of them. */
export const saleFollower = (applied: () => void): Follower => ({
  name: 'bin-sale',
  filter: {
    streamPrefixes: [STREAMS.stock.prefix, STREAMS.locations.prefix],
    types: [...TELLING, ...STREAMS.locations.storedTypes()],
  },
  apply: async (client, events) => {
    await foldCatalogue(
      client,
      events.filter((event) => STREAMS.locations.holds(event)),
    );
    await foldTold(
      client,
      events.filter((event) => STREAMS.stock.holds(event)),
    );
  },
  applied,
});

const LOCATION = `
  INSERT INTO workflow.location_sale AS l (tenant, location_id, before_put_away, revision) VALUES ($1, $2, $3, $4)
  ON CONFLICT (tenant, location_id) DO UPDATE SET before_put_away = excluded.before_put_away, revision = excluded.revision
  WHERE excluded.revision > l.revision`;

const BINS = `
  INSERT INTO workflow.bin_sale AS b (tenant, location_id, bin_id, sellable, is_receiving, revision)
  SELECT $1, $2, r.bin_id, r.sellable, r.is_receiving, $6
    FROM unnest($3::text[], $4::boolean[], $5::boolean[]) AS r (bin_id, sellable, is_receiving) ORDER BY r.bin_id
  ON CONFLICT (tenant, location_id, bin_id)
  DO UPDATE SET sellable = excluded.sellable, is_receiving = excluded.is_receiving, revision = excluded.revision
  WHERE excluded.revision > b.revision`;

const TOLD = `
  INSERT INTO workflow.bin_told AS t (tenant, sku, location_id, bin_id, is_closed, revision)
  SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::boolean[], $6::int[])
    AS r (tenant, sku, location_id, bin_id, is_closed, revision)
   ORDER BY tenant, sku, location_id, bin_id
  ON CONFLICT (tenant, sku, location_id, bin_id) DO UPDATE SET is_closed = excluded.is_closed, revision = excluded.revision
  WHERE excluded.revision > t.revision`;

async function foldCatalogue(client: PoolClient, events: readonly RecordedEvent[]): Promise<void> {
  for (const recorded of events) await foldLocation(client, recorded, STREAMS.locations.decode(recorded));
}

async function foldLocation(client: PoolClient, { metadata, revision }: RecordedEvent, event: LocationEvent): Promise<void> {
  const place = [metadata.tenant, event.locationId];
  if (event.type !== 'BinsSet') {
    await client.query(LOCATION, [...place, event.sellableBeforePutAway ?? true, revision]);
    return;
  }
  const { bins } = event;
  const fields = [bins.map(({ binId }) => binId), bins.map(({ sellable }) => sellable), bins.map(({ kind }) => kind === 'receiving')];
  await client.query(BINS, [...place, ...fields, revision]);
}

interface Told {
  readonly tenant: string;
  readonly sku: string;
  readonly locationId: string;
  readonly binId: string;
  readonly isClosed: boolean;
  readonly revision: number;
}

async function foldTold(client: PoolClient, events: readonly RecordedEvent[]): Promise<void> {
  const newest = new Map<string, Told>();
  for (const recorded of events) {
    const [{ tenant }, sku, { revision }] = [recorded.metadata, STREAMS.stock.idOf(recorded), recorded];
    for (const { locationId, binId, sellable } of positionsOf(STREAMS.stock.decode(recorded))) {
      if (binId === undefined || sellable === undefined) continue;
      newest.set(JSON.stringify([tenant, sku, locationId, binId]), { tenant, sku, locationId, binId, isClosed: !sellable, revision });
    }
  }
  if (newest.size === 0) return;
  const rows = [...newest.values()];
  await client.query(TOLD, [
    rows.map(({ tenant }) => tenant),
    rows.map(({ sku }) => sku),
    rows.map(({ locationId }) => locationId),
    rows.map(({ binId }) => binId),
    rows.map(({ isClosed }) => isClosed),
    rows.map(({ revision }) => revision),
  ]);
}
