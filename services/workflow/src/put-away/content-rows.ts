import type { PoolClient } from 'pg';
import { STREAMS } from '@holdfast/contracts';
import type { RecordedEvent } from '@holdfast/event-store';
import type { PositionChange, SkuEvent } from '@holdfast/inventory';

type EventOf<Type extends SkuEvent['type']> = Extract<SkuEvent, { readonly type: Type }>;
/** Events that may say what lies in bins. */
type TellingType = { [Type in SkuEvent['type']]: 'positions' extends keyof EventOf<Type> ? Type : never }[SkuEvent['type']] | 'LotRenamed';

/** A new event with positions does not compile until it is here. */
const TELLING: Readonly<Record<TellingType, true>> = {
  StockReceived: true,
  StockIssued: true,
  StockAdjusted: true,
  StockMoved: true,
  TransferShipped: true,
  TransferReceived: true,
  TransferReturned: true,
  ReservationCommitted: true,
  ReservationCommitReversed: true,
  PositionsCorrected: true,
  LotRenamed: true,
};

/** Stored types of events that may say what lies in bins. */
export const TELLING_TYPES = STREAMS.stock.storedTypes(Object.keys(TELLING) as TellingType[]);

/** A SKU without a row could not be locked: two processes that read its first events would both apply them. */
const MAKE = `
  INSERT INTO workflow.bin_stock (tenant, sku, revision)
  SELECT tenant, sku, -1 FROM unnest($1::text[], $2::text[]) AS r (tenant, sku) ORDER BY tenant, sku
  ON CONFLICT DO NOTHING`;

const REVISIONS = `
  SELECT tenant, sku, revision FROM workflow.bin_stock
   WHERE (tenant, sku) IN (SELECT * FROM unnest($1::text[], $2::text[])) ORDER BY tenant, sku FOR UPDATE`;

const REACHED = `
  INSERT INTO workflow.bin_stock AS s (tenant, sku, revision)
  SELECT * FROM unnest($1::text[], $2::text[], $3::int[]) AS r (tenant, sku, revision) ORDER BY tenant, sku
  ON CONFLICT (tenant, sku) DO UPDATE SET revision = greatest(s.revision, excluded.revision)`;

const CHANGE = `
  INSERT INTO workflow.bin_content AS c (tenant, location_id, bin_id, sku, lot_id, units)
  SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::bigint[])
    AS r (tenant, location_id, bin_id, sku, lot_id, units)
   ORDER BY tenant, location_id, bin_id, sku, lot_id
  ON CONFLICT (tenant, location_id, bin_id, sku, lot_id) DO UPDATE SET units = c.units + excluded.units`;

const TIDY = 'DELETE FROM workflow.bin_content WHERE units = 0 AND (tenant, sku) IN (SELECT * FROM unnest($1::text[], $2::text[]))';

const RENAME = 'UPDATE workflow.bin_content SET lot_id = $4 WHERE tenant = $1 AND sku = $2 AND lot_id = $3';

interface Change {
  readonly tenant: string;
  readonly sku: string;
  readonly locationId: string;
  readonly binId: string;
  readonly lotId: string;
  readonly delta: number;
}

/** Applies what events of SKUs say of bins. Events may come again: the revision of each SKU says which are applied. */
export async function foldContents(client: PoolClient, events: readonly RecordedEvent[]): Promise<void> {
  const telling = events.map((recorded) => ({ recorded, event: STREAMS.stock.decode(recorded) })).filter(({ event }) => saysOfBins(event));
  if (telling.length === 0) return;
  const skus = [...new Map(telling.map(({ recorded }) => [recorded.stream, skuOf(recorded)])).values()];
  await client.query(MAKE, namesOf(skus));
  const known = await client.query<{ tenant: string; sku: string; revision: number }>(REVISIONS, namesOf(skus));
  const revisions = new Map(known.rows.map(({ tenant, sku, revision }) => [STREAMS.stock.streamOf(tenant, sku), revision]));

  let changes: Change[] = [];
  for (const { recorded, event } of telling) {
    if (recorded.revision <= (revisions.get(recorded.stream) ?? -1)) continue;
    revisions.set(recorded.stream, recorded.revision);
    const { tenant, sku } = skuOf(recorded);
    if (event.type === 'LotRenamed') {
      await apply(client, changes);
      changes = [];
      await client.query(RENAME, [tenant, sku, event.lotId, event.toLotId]);
    }
    for (const { locationId, binId, lotId = '', delta } of positionsOf(event)) {
      if (binId !== undefined) changes.push({ tenant, sku, locationId, binId, lotId, delta });
    }
  }
  await apply(client, changes);
  await client.query(TIDY, namesOf(skus));
  const reached = skus.map(({ tenant, sku }) => revisions.get(STREAMS.stock.streamOf(tenant, sku)) ?? -1);
  await client.query(REACHED, [...namesOf(skus), reached]);
}

const saysOfBins = (event: SkuEvent): boolean => event.type === 'LotRenamed' || positionsOf(event).some(({ binId }) => binId !== undefined);

/** Changes of positions by the event. */
export const positionsOf = (event: SkuEvent): readonly PositionChange[] => ('positions' in event ? (event.positions ?? []) : []);

const skuOf = (recorded: RecordedEvent) => ({ tenant: recorded.metadata.tenant, sku: STREAMS.stock.idOf(recorded) });

const namesOf = (skus: readonly { readonly tenant: string; readonly sku: string }[]): string[][] => [
  skus.map(({ tenant }) => tenant),
  skus.map(({ sku }) => sku),
];

async function apply(client: PoolClient, changes: readonly Change[]): Promise<void> {
  const sums = new Map<string, Change>();
  for (const change of changes) {
    const key = JSON.stringify([change.tenant, change.locationId, change.binId, change.sku, change.lotId]);
    sums.set(key, { ...change, delta: (sums.get(key)?.delta ?? 0) + change.delta });
  }
  const rows = [...sums.values()].filter(({ delta }) => delta !== 0);
  if (rows.length === 0) return;
  await client.query(CHANGE, [
    rows.map(({ tenant }) => tenant),
    rows.map(({ locationId }) => locationId),
    rows.map(({ binId }) => binId),
    rows.map(({ sku }) => sku),
    rows.map(({ lotId }) => lotId),
    rows.map(({ delta }) => delta),
  ]);
}
