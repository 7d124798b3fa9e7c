import type { ChannelRef } from '../../accounts/channel-ref.js';
import { ChannelTable, type ChannelRow } from '../../channels/channel-table.js';
import { ConflictTable } from '../../conflicts/conflict-table.js';
import { ShownFigures } from '../../hooks/figure-sink.js';
import { markSettled } from '../../hooks/event-effects.js';
import { storeDesiredFigures } from '../../mappings/desired-figures.js';
import { changeMappings } from '../../mappings/mapping-table.js';
import { confirmShown } from '../../reconcile/confirm-shown.js';
import { tellAgain } from '../../reconcile/tell-again.js';
import { eventually } from '@holdfast/testing';
import { startDatabase, type TestDatabase } from '../../../test/database.js';
import { deliveryStoreContract } from './contract/suite.js';
import { accepted, MOST, seen, shop, StoreBench } from './contract/bench.js';
import { CONTRACT_TIMINGS, type StoredListing, type StoreSubject } from './contract/subject.js';
import type { Outcome } from '../../providers/write.js';
import { settled } from '../settled.js';
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
         recent_places AS "recentPlaces",
         sent_quantity::float8 AS sent, prior_quantity::float8 AS prior, shown_quantity::float8 AS shown, unsure, pending_reference AS pending,
         fault, attempts, urgent, forced
    FROM channels.listing WHERE tenant = $1 AND channel_id = $2 AND sku = $3`;

const OPEN_CONFLICT = `SELECT conflict_id AS id FROM channels.listing WHERE tenant = $1 AND channel_id = $2 AND sku = $3`;

/** Statements that wait for a lock. */
const WAITING = `SELECT count(*)::int AS n FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`;

const ANOTHER: ChannelRow = {
  provider: 'webhook',
  settings: { url: 'http://127.0.0.1:9/another' },
  credentials: '',
  credentialNames: [],
  locations: [],
  syncInventory: undefined,
  conflictStrategy: undefined,
  lowThreshold: 10,
  staleAfterSeconds: undefined,
  reconcileEverySeconds: undefined,
  orderWithinSeconds: undefined,
  isAnother: true,
  isOtherAccount: true,
  hasOtherCredentials: false,
};

describe('what the delivery keeps, in Postgres', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await startDatabase();
  });
  afterAll(() => database.stop());

  const subject = async (): Promise<StoreSubject> => {
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
      confirmShown: (channel, sku, listingId, version, quantity, prior) =>
        confirmShown(pool, channel, [seen(sku, listingId, version, quantity, prior)]),
      shown: (channel, listingId, quantity, agoMs) =>
        figures.onFigures(channel, [
          { kind: 'figure', listingId, at: Date.now() - agoMs, figure: { quantity, parts: [] }, partial: false },
        ]),
      settled: (channel, reference) => markSettled(pool, channel, [reference]),
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
  };

  deliveryStoreContract(subject);

  describe('another account of a channel', () => {
    const outcomes: readonly Outcome[] = [
      { kind: 'applied' },
      accepted,
      { kind: 'conflict', observed: { quantity: 50, parts: [] } },
      { kind: 'unknown', says: 'no answer' },
      { kind: 'rejected_retryable', code: 'busy', says: 'later' },
      { kind: 'rejected_permanent', code: 'unfit', says: 'never' },
    ];

    it.each(outcomes)('is told everything, though the one before answers $kind afterwards', async (outcome) => {
      const bench = await StoreBench.begin(await subject());
      await bench.list({ A: 50 });
      const toTheFirst = await bench.dueOne();
      await new ChannelTable(database.source, database.pool).put(shop, () => ANOTHER);
      await bench.settle(toTheFirst, outcome);
      const knowsNothing = { due: 'now', isTold: false, sent: null, shown: null, unsure: false, pending: null, fault: null, attempts: 0 };
      expect(await bench.subject.listing(shop, 'A')).toMatchObject(knowsNothing);

      await bench.settle(await bench.dueOne(), { kind: 'applied' });
      expect(await bench.subject.listing(shop, 'A')).toMatchObject({ due: null, isTold: true, shown: 50 });
    });

    it('is polled from now on, where the same one at other places is polled from where it was', async () => {
      await StoreBench.begin(await subject());
      const { pool, source } = database;
      await pool.query(`INSERT INTO channels.polling (tenant, channel_id, cursor) VALUES ('demo', 'shop', 'yesterday')`);
      await pool.query(`INSERT INTO channels.discovery (tenant, discovery_id, channel_id) VALUES ('demo', gen_random_uuid(), 'shop')`);
      const kept = async (): Promise<number> =>
        (await pool.query('SELECT FROM channels.polling')).rows.length + (await pool.query('SELECT FROM channels.discovery')).rows.length;
      const table = new ChannelTable(source, pool);
      await table.put(shop, () => ({ ...ANOTHER, isOtherAccount: false }));
      expect(await kept()).toBe(2);
      await table.put(shop, () => ANOTHER);
      expect(await kept()).toBe(0);
    });

    it('is told what is due to it, and the one before is not, by a writer that took the channel before', async () => {
      const bench = await StoreBench.begin(await subject());
      await bench.list({ A: 50 });
      const first = await bench.held();
      await new ChannelTable(database.source, database.pool).put(shop, () => ANOTHER);
      expect(await bench.store.listings.due(first, MOST, MOST)).toEqual([]);
      expect(await bench.dueSkus()).toEqual(['A']);
    });

    it('is none that was removed, where the channel is set up anew', async () => {
      const bench = await StoreBench.begin(await subject());
      const table = new ChannelTable(database.source, database.pool);
      await table.remove(shop, 'somebody');
      await table.put(shop, () => ANOTHER);
      const first = await bench.held();
      await table.remove(shop, 'somebody');
      await table.put(shop, () => ANOTHER);
      await bench.list({ A: 50 });
      expect(await bench.store.listings.due(first, MOST, MOST)).toEqual([]);
      expect(await bench.dueSkus()).toEqual(['A']);
    });

    it('is stored while the answer of the one before is settled: neither waits for the other without end', async () => {
      const bench = await StoreBench.begin(await subject());
      await bench.list({ A: 50 });
      const toTheFirst = await bench.dueOne();
      const change = await database.pool.connect();
      try {
        await change.query('BEGIN');
        await change.query('SELECT FROM channels.channel FOR UPDATE');
        const settling = bench.settle(toTheFirst, { kind: 'applied' });
        await eventually(
          async () => (await database.pool.query(WAITING)).rows[0]?.n,
          (n) => n === 1,
        );
        await change.query('UPDATE channels.listing SET version = version + 1');
        await change.query('COMMIT');
        await settling;
      } finally {
        change.release(true);
      }
      expect(await bench.subject.listing(shop, 'A')).toMatchObject({ due: 'now', isTold: false });
    });
  });

  describe('the place in the log that a channel has confirmed', () => {
    let bench: StoreBench;
    beforeEach(async () => {
      bench = await StoreBench.begin(await subject());
      await bench.list({ A: 50 });
    });

    const confirmed = async (): Promise<number | null> =>
      (await database.pool.query<{ at: number | null }>('SELECT confirmed_position::int AS at FROM channels.listing')).rows[0]?.at ?? null;

    it('is that of the figure that was under way while newer ones came, and goes on with each answer', async () => {
      const first = await bench.dueOne();
      await bench.tell({ A: 40 });
      const second = await bench.dueOne();
      await bench.tell({ A: 30 });
      expect(await confirmed()).toBeNull();
      await bench.settle(first, { kind: 'applied' });
      expect(await confirmed()).toBe(1);
      await bench.settle(second, { kind: 'unknown', says: 'no answer' });
      expect(await confirmed()).toBe(1);
      await bench.settle(second, { kind: 'applied' });
      expect(await confirmed()).toBe(2);
      await bench.settle(first, { kind: 'applied' });
      expect(await confirmed()).toBe(2);
    });

    it('is kept when a newer figure replaces the confirmed one, with what that one reflected last', async () => {
      await bench.settle(await bench.dueOne(), { kind: 'applied' });
      await bench.tell({ A: 50 });
      await bench.tell({ A: 40 });
      expect(await confirmed()).toBe(2);
    });

    it('comes with the confirmation of a write that was only accepted', async () => {
      await bench.settle(await bench.dueOne(), accepted);
      await bench.tell({ A: 40 });
      expect(await confirmed()).toBeNull();
      await bench.subject.settled(shop, accepted.reference);
      const writes = (await bench.store.listings.pending({ ...shop, syncInventory: true }, 10)).map((one) => ({
        ...one,
        urgent: false,
        known: null,
      }));
      await bench.store.settlement.confirm(
        shop,
        writes.map((write) => settled(write, { kind: 'applied' }, null)),
      );
      expect(await confirmed()).toBe(1);
    });

    it('is forgotten with the mapping', async () => {
      await bench.settle(await bench.dueOne(), { kind: 'applied' });
      await bench.tell({ A: 40 });
      await changeMappings(database.pool, shop, [{ sku: 'A', listingId: null }], false);
      expect(await confirmed()).toBeNull();
    });
  });
});
