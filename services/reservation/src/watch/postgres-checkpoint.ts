import type { Position } from '@holdfast/event-store';
import type { CheckpointStore, Restored } from './checkpoint.js';
import { openHold, openOrder, type OpenHold, type OpenOrder, type OpenWork, type OpenWorkChange } from './open-work.js';

/** As much of a pool or a data source as is needed. */
export interface Queries {
  query<Row extends object>(sql: string, values: unknown[]): Promise<{ readonly rows: readonly Row[] }>;
}

type Body =
  | Pick<OpenHold, 'kind' | 'tenant' | 'reservationId' | 'sku' | 'expiresAt'>
  | (Pick<OpenOrder, 'kind' | 'tenant' | 'reservationId' | 'ttlMs' | 'stage' | 'expiresAt' | 'changedAt'> & {
      readonly openSkus: readonly string[];
    });

const LOAD = `
  SELECT checkpoint.position::text AS position, open_work.body
  FROM reservation.watch_checkpoint AS checkpoint LEFT JOIN reservation.open_work ON true`;

/**
 * One statement, so all or nothing. Instances share the table: the newer state of an item wins. An ended item that a lagging instance
 * writes late is found to have ended when it is due.
 */
const SAVE = `
  WITH ended AS (DELETE FROM reservation.open_work WHERE key = ANY($1::text[])),
  changed AS (
    INSERT INTO reservation.open_work AS open (key, body, position)
    SELECT key, body::jsonb, position FROM unnest($2::text[], $3::text[], $4::numeric[]) AS item (key, body, position)
    ON CONFLICT (key) DO UPDATE SET body = excluded.body, position = excluded.position WHERE open.position < excluded.position
  )
  INSERT INTO reservation.watch_checkpoint AS checkpoint VALUES (1, $5::numeric)
  ON CONFLICT (id) DO UPDATE SET position = greatest(checkpoint.position, excluded.position)`;

export class PostgresCheckpoint implements CheckpointStore {
  constructor(private readonly queries: Queries) {}

  async load(): Promise<Restored | undefined> {
    const { rows } = await this.queries.query<{ position: string; body: Body | null }>(LOAD, []);
    const position = rows[0]?.position;
    if (position === undefined) return undefined;
    return { items: rows.flatMap(({ body }) => (body === null ? [] : [fromBody(body)])), position: BigInt(position) };
  }

  async save(changes: readonly OpenWorkChange[], position: Position): Promise<void> {
    const ended = changes.filter(({ item }) => item === undefined).map(({ key }) => key);
    const kept = changes.flatMap(({ key, item, position: at }) =>
      item === undefined ? [] : [{ key, body: toBody(item), at: at.toString() }],
    );
    // Rows are locked in one order, so that two instances do not deadlock.
    kept.sort((left, right) => (left.key < right.key ? -1 : 1));
    await this.queries.query(SAVE, [
      ended,
      kept.map(({ key }) => key),
      kept.map(({ body }) => JSON.stringify(body)),
      kept.map(({ at }) => at),
      position.toString(),
    ]);
  }
}

function toBody(item: OpenWork): Body {
  const { tenant, reservationId, expiresAt } = item;
  if (item.kind === 'hold') return { kind: 'hold', tenant, reservationId, sku: item.sku, expiresAt };
  const { ttlMs, stage, changedAt, openSkus } = item;
  return { kind: 'order', tenant, reservationId, ttlMs, stage, expiresAt, changedAt, openSkus: [...openSkus] };
}

const fromBody = (body: Body): OpenWork => {
  if (body.kind === 'hold') return openHold(body);
  const { kind: _, openSkus, ...order } = body;
  return openOrder({ ...order, openSkus: new Set(openSkus) });
};
