import { STREAMS } from '@holdfast/contracts';
import { openPostgresEventStore } from '@holdfast/event-store';
import type { EventStore } from '@holdfast/event-store';
import type { SkuEvent } from '@holdfast/inventory';
import { startOwnTestPostgres } from '@holdfast/testing';
import type { TestPostgres } from '@holdfast/testing';
import type { Pool } from 'pg';
import { place, receive } from '../test/sku-commands.js';
import { openPostgresSnapshots, openSkuLedger, stockStream } from './index.js';
import type { SkuLedger, SkuRef } from './index.js';

describe('the ledger on Postgres', () => {
  let postgres: TestPostgres;
  let pool: Pool;
  const stores: EventStore[] = [];

  const openLedger = async (): Promise<SkuLedger> => {
    const eventStore = await openPostgresEventStore({ connectionString: postgres.connectionString, appendTimeoutMs: 1_000 });
    stores.push(eventStore);
    return openSkuLedger({ eventStore, pool, limits: { snapshotEvery: 100, snapshotPauseMs: 0 } });
  };

  beforeAll(async () => {
    postgres = await startOwnTestPostgres({ durable: true });
    pool = postgres.pool();
  });
  afterAll(async () => {
    for (const store of stores) await store.close();
    await postgres.stop();
  });

  const placed = async (ref: SkuRef): Promise<readonly string[]> => {
    const events = await stores[0]?.readStream(stockStream(ref));
    return (events ?? []).flatMap((event) => {
      const decoded: SkuEvent = STREAMS.stock.decode(event);
      return decoded.type === 'ReservationPlaced' ? [decoded.reservationId] : [];
    });
  };

  it('sells 1,000 units exactly once among 5,000 who each ask twice, through two ledgers', async () => {
    const ref = { tenant: 't', sku: 'hot' };
    const ledgers = [await openLedger(), await openLedger()];
    await ledgers[0]?.execute(ref, receive(1_000));
    const won: string[] = [];
    await Promise.all(
      Array.from({ length: 100 }, async (_none, buyer) => {
        for (let n = 0; n < 50; n += 1) {
          const command = place(`r-${buyer}-${n}`);
          const outcomes = await Promise.all(ledgers.map((ledger) => ledger.execute(ref, command)));
          const kinds = new Set(outcomes.map((outcome) => outcome.kind));
          expect(kinds.size).toBe(1);
          if (kinds.has('accepted')) won.push(`r-${buyer}-${n}`);
        }
      }),
    );
    const stored = await placed(ref);
    expect(won).toHaveLength(1_000);
    expect([...stored].sort()).toEqual(won.sort());
    for (const ledger of ledgers) {
      expect((await ledger.read(ref)).state.balances.get('BER')).toMatchObject({ onHand: 1_000, reserved: 1_000 });
      await ledger.drain();
    }
    const { rows } = await pool.query('select revision from ledger.snapshots where stream = $1', [stockStream(ref)]);
    expect((rows[0] as { revision: number }).revision).toBeGreaterThan(100);
    const anew = await openLedger();
    expect((await anew.read(ref)).state.reservations.size).toBe(1_000);
  });

  it('answers everybody rightly when the server crashes under load', async () => {
    const refs = Array.from({ length: 10 }, (_none, n) => ({ tenant: 't', sku: `sku-${n}` }));
    const ledger = await openLedger();
    await Promise.all(refs.map((ref) => ledger.execute(ref, receive(40))));
    const { rows } = await pool.query<{ pid: number }>(
      `select pid from pg_stat_activity where application_name = 'holdfast event store' limit 1`,
    );
    let answered = 0;
    const outcomes = await Promise.all(
      refs.map(async (ref) => {
        const won: string[] = [];
        for (let n = 0; n < 60; n += 1) {
          const outcome = await ledger.execute(ref, place(`r-${n}`));
          if (outcome.kind === 'accepted') won.push(`r-${n}`);
          answered += 1;
          if (answered === 100) process.kill(rows[0]?.pid ?? Number.NaN, 'SIGKILL');
          await new Promise((resolve) => setTimeout(resolve, 2));
        }
        return won;
      }),
    );
    expect(answered).toBe(600);
    for (const [n, ref] of refs.entries()) {
      expect(outcomes[n]).toHaveLength(40);
      expect(await placed(ref)).toEqual(outcomes[n]);
    }
  });

  it('keeps the newer snapshot, but replaces one of another version', async () => {
    const snapshots = await openPostgresSnapshots(pool);
    const snapshot = { revision: 9, eventId: '00000000-0000-4000-8000-000000000000', version: 1, digest: 'd', json: '{}' };
    await snapshots.save('s', snapshot);
    await snapshots.save('s', { ...snapshot, revision: 5 });
    expect(await snapshots.load('s')).toEqual(snapshot);
    await snapshots.save('s', { ...snapshot, revision: 5, version: 2 });
    expect(await snapshots.load('s')).toMatchObject({ revision: 5, version: 2 });
    expect(await snapshots.load('none')).toBeUndefined();
  });
});
