import type { Pool } from 'pg';
import type { Entry } from './entry.js';
import { NO_VERSION } from '../routing/routing.js';

/** What is remembered of a message or a line of a bulk request. */
export type Handled = Pick<Entry, 'commandId' | 'bodyHash'>;

/** What the database knows about a batch before it is worked on. */
export interface Look {
  /** Version of the routing of each tenant named in the batch. */
  readonly versions: ReadonlyMap<string, string>;
  /** Body hash of those that were handled before, by command id. */
  readonly handled: ReadonlyMap<string, string>;
  /** Lanes in which messages wait; see `parkingLane`. */
  readonly parked: ReadonlySet<string>;
}

/** A message may not overtake a parked one of the same connection, warehouse and SKU. */
export const parkingLane = ({ tenant, message }: Entry): string =>
  JSON.stringify([tenant, message.connectionId, message.warehouseId, message.sku]);

// LATERAL with LIMIT: one index probe a lane, however many messages wait.
const LOOK = `
  SELECT 'version' AS kind, tenant AS name, version::text AS value, NULL AS connection_id, NULL AS warehouse_id, NULL AS sku
    FROM ingestion.routing_versions WHERE tenant = ANY($1)
  UNION ALL
  SELECT 'handled', command_id::text, encode(body_hash, 'hex'), NULL, NULL, NULL FROM ingestion.inbox WHERE command_id = ANY($2)
  UNION ALL
  SELECT 'parked', lane.tenant, NULL, lane.connection_id, lane.warehouse_id, lane.sku
    FROM unnest($3::text[], $4::text[], $5::text[], $6::text[]) AS lane (tenant, connection_id, warehouse_id, sku)
    CROSS JOIN LATERAL (
      SELECT 1 FROM ingestion.parked_messages p
      WHERE p.tenant = lane.tenant AND p.connection_id = lane.connection_id AND p.warehouse_id = lane.warehouse_id AND p.sku = lane.sku
      LIMIT 1) AS waiting`;

// One statement, so that a message is never parked without being remembered, nor the other way round.
const REMEMBER = `
  WITH parked AS (
    INSERT INTO ingestion.parked_messages (command_id, tenant, connection_id, warehouse_id, sku, message)
    SELECT command_id, tenant, connection_id, warehouse_id, sku, message
    FROM unnest($3::uuid[], $4::text[], $5::text[], $6::text[], $7::text[], $8::jsonb[]) WITH ORDINALITY
      AS given (command_id, tenant, connection_id, warehouse_id, sku, message, place)
    ORDER BY place
    ON CONFLICT (command_id) DO NOTHING)
  INSERT INTO ingestion.inbox (command_id, body_hash)
  SELECT command_id, decode(body_hash, 'hex') FROM unnest($1::uuid[], $2::text[]) AS given (command_id, body_hash)
  ON CONFLICT (command_id) DO NOTHING`;

const HANDLED = `
  SELECT command_id::text AS id, encode(body_hash, 'hex') AS hash FROM ingestion.inbox WHERE command_id = ANY($1::uuid[])`;

const FORGET = `DELETE FROM ingestion.inbox WHERE handled_at < now() - make_interval(days => $1)`;

interface LookRow {
  readonly kind: 'version' | 'handled' | 'parked';
  readonly name: string;
  readonly value: string | null;
  readonly connection_id: string | null;
  readonly warehouse_id: string | null;
  readonly sku: string | null;
}

/** Remembers which messages were handled, longer than the ledger does and than the topic keeps them. */
export class Inbox {
  constructor(private readonly pool: Pool) {}

  async look(entries: readonly Entry[]): Promise<Look> {
    const tenants = [...new Set(entries.map(({ tenant }) => tenant))];
    const lanes = [...new Map(entries.map((entry) => [parkingLane(entry), entry])).values()];
    const { rows } = await this.pool.query<LookRow>({
      name: 'ingestion-look',
      text: LOOK,
      values: [
        tenants,
        entries.map(({ commandId }) => commandId),
        lanes.map(({ tenant }) => tenant),
        lanes.map(({ message }) => message.connectionId),
        lanes.map(({ message }) => message.warehouseId),
        lanes.map(({ message }) => message.sku),
      ],
    });
    const versions = new Map(tenants.map((tenant) => [tenant, NO_VERSION]));
    const handled = new Map<string, string>();
    const parked = new Set<string>();
    for (const row of rows) {
      if (row.kind === 'version') versions.set(row.name, row.value ?? NO_VERSION);
      else if (row.kind === 'handled') handled.set(row.name, row.value ?? '');
      else parked.add(JSON.stringify([row.name, row.connection_id, row.warehouse_id, row.sku]));
    }
    return { versions, handled, parked };
  }

  /** Body hash of those ids that were handled before. */
  async handled(commandIds: readonly string[]): Promise<ReadonlyMap<string, string>> {
    const { rows } = await this.pool.query<{ id: string; hash: string }>(HANDLED, [commandIds]);
    return new Map(rows.map(({ id, hash }) => [id, hash]));
  }

  /** Remembers those that took effect and parks the others, in the order given, in one transaction. */
  async remember(effective: readonly Handled[], parked: readonly Entry[]): Promise<void> {
    const all: readonly Handled[] = [...effective, ...parked];
    if (all.length === 0) return;
    await this.pool.query({
      name: 'ingestion-remember',
      text: REMEMBER,
      values: [
        all.map(({ commandId }) => commandId),
        all.map(({ bodyHash }) => bodyHash),
        parked.map(({ commandId }) => commandId),
        parked.map(({ tenant }) => tenant),
        parked.map(({ message }) => message.connectionId),
        parked.map(({ message }) => message.warehouseId),
        parked.map(({ message }) => message.sku),
        parked.map(({ message }) => JSON.stringify(message)),
      ],
    });
  }

  /** Forgets what is older than any redelivery. */
  async forgetOlderThan(days: number): Promise<void> {
    await this.pool.query(FORGET, [days]);
  }
}
