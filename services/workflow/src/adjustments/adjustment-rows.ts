import type { PoolClient } from 'pg';
import { STREAMS } from '@holdfast/contracts';
import type { RecordedEvent } from '@holdfast/event-store';
import { int4Array, int8Array, jsonbArray, textArray } from '@holdfast/kit';
import type { Follower } from '../following/follow-events.js';
import { storeDocuments, type DocumentChange } from '../line-processes/document-rows.js';
import { ADJUSTED_STOCK_TYPES, afterStockEvent, type AdjustedStock, type AdjustmentRow } from './adjusted-stock.js';

/** Keeps the list of adjustments, and which documents are under way. */
export const adjustmentFollower: Follower = {
  name: 'adjustments-by-position',
  filter: {
    streamPrefixes: [STREAMS.stock.prefix, STREAMS.adjustment.prefix],
    types: [...ADJUSTED_STOCK_TYPES, ...STREAMS.adjustment.storedTypes()],
  },
  apply: async (client, events) => {
    const documents = events.filter((event) => STREAMS.adjustment.holds(event));
    await storeDocuments(client, ADJUSTMENT_DOCUMENTS, documents, documentChange);
    await foldStock(
      client,
      events.filter((event) => STREAMS.stock.holds(event)),
    );
  },
};

export const ADJUSTMENT_DOCUMENTS = 'workflow.adjustment_document';

function documentChange(recorded: RecordedEvent): DocumentChange {
  const event = STREAMS.adjustment.decode(recorded);
  const started = event.type === 'AdjustmentStarted';
  return { id: STREAMS.adjustment.idOf(recorded), underWay: started, reference: started ? event.reference : undefined };
}

/** Of the rows: which version of this follower wrote them. A version that tells less writes none and is refused. */
const FORMAT = 2;

const KNOWN_STOCK = `
  SELECT tenant, sku, on_hand AS "onHand", cost_minor AS "costMinor", revision FROM workflow.adjustment_stock
   WHERE (tenant, sku) IN (SELECT * FROM unnest($1::text[], $2::text[])) ORDER BY tenant, sku FOR UPDATE`;

const STORE_STOCK = `
  INSERT INTO workflow.adjustment_stock AS s (tenant, sku, on_hand, cost_minor, revision, format)
  SELECT r.*, ${FORMAT} FROM unnest($1::text[], $2::text[], $3::jsonb[], $4::bigint[], $5::int[]) AS r (tenant, sku, on_hand, cost_minor, revision)
   ORDER BY tenant, sku
  ON CONFLICT (tenant, sku) DO UPDATE SET
    on_hand = excluded.on_hand, cost_minor = excluded.cost_minor, revision = excluded.revision
  WHERE excluded.revision > s.revision`;

const STORE_ROWS = `
  INSERT INTO workflow.adjustment
         (tenant, sku, revision, id, document_id, location_id, lot_id, bin_id, kind, changes, figures, delta, quantity_after, recorded, complete, reason_code, reason, source,
          cost_minor, effective_at, created_by, created_at, format)
  SELECT tenant, sku, revision, id, "documentId", "locationId", "lotId", "binId", kind, changes, figures, delta, "quantityAfter", recorded, complete, "reasonCode", reason, source,
         "costMinor", to_timestamp("effectiveAt" / 1000), "createdBy", to_timestamp("createdAt" / 1000), ${FORMAT}
    FROM jsonb_to_recordset($1::jsonb) AS r (
         tenant text, sku text, revision int, id text, "documentId" text, "locationId" text, "lotId" text, "binId" text, kind text, changes jsonb, figures jsonb, delta bigint, "quantityAfter" bigint,
         recorded bigint, complete boolean, "reasonCode" text, reason text, source text, "costMinor" bigint, "effectiveAt" float8,
         "createdBy" text, "createdAt" float8)
  ON CONFLICT DO NOTHING`;

interface StoredStock {
  readonly tenant: string;
  readonly sku: string;
  readonly onHand: Readonly<Record<string, number>>;
  readonly costMinor: string | null;
  readonly revision: number;
}

async function foldStock(client: PoolClient, events: readonly RecordedEvent[]): Promise<void> {
  if (events.length === 0) return;
  const stocks = await stocksOf(client, events);
  const rows: AdjustmentRow[] = [];
  for (const event of events) {
    const { stock, row } = afterStockEvent(stocks.get(event.stream) ?? freshStock(event), event);
    stocks.set(event.stream, stock);
    if (row !== undefined) rows.push(row);
  }
  const changed = [...stocks.values()];
  await client.query({
    name: 'store-adjustment-stock',
    text: STORE_STOCK,
    values: [
      textArray(changed.map(({ tenant }) => tenant)),
      textArray(changed.map(({ sku }) => sku)),
      jsonbArray(changed.map(({ onHand }) => JSON.stringify(Object.fromEntries(onHand)))),
      int8Array(changed.map(({ costMinor }) => costMinor)),
      int4Array(changed.map(({ revision }) => revision)),
    ],
  });
  if (rows.length > 0) await client.query({ name: 'store-adjustments', text: STORE_ROWS, values: [JSON.stringify(rows)] });
}

/** By stream. */
async function stocksOf(client: PoolClient, events: readonly RecordedEvent[]): Promise<Map<string, AdjustedStock>> {
  const fresh = new Map(events.map((event) => [event.stream, freshStock(event)]));
  const wanted = [...fresh.values()];
  const known = await client.query<StoredStock>({
    name: 'known-adjustment-stock',
    text: KNOWN_STOCK,
    values: [textArray(wanted.map(({ tenant }) => tenant)), textArray(wanted.map(({ sku }) => sku))],
  });
  for (const { tenant, sku, onHand, costMinor, revision } of known.rows) {
    const stored = { tenant, sku, onHand: new Map(Object.entries(onHand)), revision };
    fresh.set(STREAMS.stock.streamOf(tenant, sku), { ...stored, costMinor: costMinor === null ? null : Number(costMinor) });
  }
  return fresh;
}

const freshStock = (event: RecordedEvent): AdjustedStock => ({
  tenant: event.metadata.tenant,
  sku: STREAMS.stock.idOf(event),
  onHand: new Map(),
  costMinor: null,
  revision: -1,
});
