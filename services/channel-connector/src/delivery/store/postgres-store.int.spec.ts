import type { ChannelRef } from '../../accounts/channel-ref.js';
import { ConflictTable } from '../../conflicts/conflict-table.js';
import { ShownFigures } from '../../hooks/figure-sink.js';
import { markSettled } from '../../hooks/event-effects.js';
import { storeDesiredFigures } from '../../mappings/desired-figures.js';
import { changeMappings } from '../../mappings/mapping-table.js';
import { tellAgain } from '../../reconcile/tell-again.js';
import { startDatabase, type TestDatabase } from '../../../test/database.js';
import { deliveryStoreContract } from './contract/suite.js';
import { CONTRACT_TIMINGS, type StoredListing } from './contract/subject.js';
import { postgresStore } from './postgres-store.js';

const ADD = `
  INSERT INTO channels.channel (tenant, channel_id, provider, sync_inventory, conflict_strategy, locations)
  VALUES ($1, $2, 'webhook', $3, 'master_wins', $4)`;

/** Time passes by moving everything that is stored into the past. */
const PASS = [
  `UPDATE channels.channel SET retry_at = retry_at - $1::float8 * interval '1 millisecond', lease_until = lease_until - $1::float8 * interval '1 millisecond'`,
  `UPDATE channels.listing SET due_at = due_at - $1::float8 * interval '1 millisecond', shown_at = shown_at - $1::float8 * interval '1 millisecond',
          sent_at = sent_at - $1::float8 * interval '1 millisecond', pending_check_at = pending_check_at - $1::float8 * interval '1 millisecond'`,
];

const LISTING = `
  SELECT CASE WHEN due_at <= now() THEN 'now' WHEN due_at IS NOT NULL THEN 'later' END AS due, sent_version IS NOT DISTINCT FROM version AS "isTold", recent::float8[] AS recent,
         sent_quantity::float8 AS sent, prior_quantity::float8 AS prior, shown_quantity::float8 AS shown, unsure, pending_reference AS pending,
         fault, attempts, urgent, forced
    FROM channels.listing WHERE tenant = $1 AND channel_id = $2 AND sku = $3`;

const OPEN_CONFLICT = `SELECT conflict_id AS id FROM channels.listing WHERE tenant = $1 AND channel_id = $2 AND sku = $3`;

describe('what the delivery keeps, in Postgres', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await startDatabase();
  });
  afterAll(() => database.stop());

  deliveryStoreContract(async () => {
    await database.clear();
    await database.pool.query('TRUNCATE channels.conflict');
    const { pool } = database;
    const conflicts = new ConflictTable(pool);
    const figures = new ShownFigures(pool, 0, () => undefined);
    const of = ({ tenant, channelId }: ChannelRef): string[] => [tenant, channelId];
    return {
      store: (owner) => postgresStore(pool, owner, CONTRACT_TIMINGS),
      add: async (channel, { syncInventory, locations }) => {
        await pool.query(ADD, [...of(channel), syncInventory, JSON.stringify(locations)]);
      },
      map: async (channel, mappings) => {
        await changeMappings(pool, channel, mappings, false);
      },
      figures: async (all) => {
        await storeDesiredFigures(pool, all);
      },
      tellAgain: (channel, sku, listingId, shown) => tellAgain(pool, channel, [{ sku, listingId, shown }]),
      shown: (channel, listingId, quantity, agoMs) =>
        figures.onFigure(channel, { kind: 'figure', listingId, at: Date.now() - agoMs, figure: { quantity, parts: [] }, partial: false }),
      settled: (channel, reference) => markSettled(pool, channel, reference),
      openConflict: (channel, sku, listingId, quantity) =>
        conflicts.open(channel, [{ sku, listingId, ours: 0, theirs: { quantity, parts: [] } }]),
      decideConflict: async (channel, sku) => {
        const [row] = (await pool.query<{ id: string }>(OPEN_CONFLICT, [...of(channel), sku])).rows;
        const conflict = await conflicts.find(channel.tenant, row?.id ?? '');
        if (conflict === undefined) throw new Error(`there is no conflict about ${sku}`);
        await conflicts.decide(conflict, 'master', 'a person');
        await tellAgain(pool, channel, [{ sku, listingId: conflict.listingId, shown: conflict.theirs }]);
      },
      pass: async (ms) => {
        for (const statement of PASS) await pool.query(statement, [ms]);
      },
      listing: async (channel, sku) => {
        const [row] = (await pool.query<StoredListing>(LISTING, [...of(channel), sku])).rows;
        if (row === undefined) throw new Error(`there is no listing of ${sku}`);
        return row;
      },
    };
  });
});
