import type { Outcome, SkuLedger, SkuRef } from '@holdfast/ledger';
import { LedgerBusy, openLocationDirectory } from '@holdfast/ledger';
import { EventStoreUnavailable } from '@holdfast/event-store';
import type { MessageBatch } from '@holdfast/messaging';
import type { Runtime } from '@holdfast/runtime';
import { startTestPostgres } from '@holdfast/testing';
import type { Pool } from 'pg';
import { DataSource } from 'typeorm';
import { Inbox } from '../src/intake/inbox.js';
import type { Intake } from '../src/intake/intake.js';
import { ingestionParts } from '../src/ingestion.parts.js';
import { INGESTION_SCHEMA } from '../src/database/schema.js';
import { anyId, eventually, IngestionUnderTest } from './ingestion.js';
import { incoming, onTopic, receipt } from './messages.js';

const batchOf = (...messages: readonly { readonly key: string; readonly value: string }[]): MessageBatch => ({
  topic: 'erp.stock.v1',
  partition: 0,
  messages: messages.map(({ key, value }, offset) => ({ ...incoming(key, value), offset: String(offset) })),
  reject: (_, reason) => {
    throw new Error(`rejected: ${reason.code}`);
  },
});

/** A pool on which the next statement that remembers a message fails, as it does when the process or Postgres dies just then. */
function crashingPool(pool: Pool): { readonly pool: Pool; arm(): void } {
  let armed = false;
  const isRemember = (query: unknown): boolean =>
    typeof query === 'object' && query !== null && 'name' in query && query.name === 'ingestion-remember';
  const crashing = new Proxy(pool, {
    get(target, property) {
      if (property !== 'query') return Reflect.get(target, property) as unknown;
      return (...call: Parameters<Pool['query']>) => {
        if (!armed || !isRemember(call[0])) return target.query(...call);
        armed = false;
        return Promise.reject(new Error('died before the inbox knew'));
      };
    },
  });
  return { pool: crashing, arm: () => (armed = true) };
}

/** What the domain says where a SKU may lie in no further location. */
async function refuse(ledger: SkuLedger, ref: SkuRef): Promise<Outcome> {
  const { state, position } = await ledger.read(ref);
  return { kind: 'refused', code: 'too_many_locations', details: { most: 1_000 }, state, position };
}

/** The intake alone, so that the test is the bus. */
async function intakeOf(runtime: Runtime): Promise<Intake> {
  const dataSource = await runtime.database.open(INGESTION_SCHEMA);
  const directory = await openLocationDirectory(runtime.eventStore);
  await directory.stop();
  return ingestionParts(runtime, dataSource, directory).intake;
}

describe('recovery of ingestion', () => {
  const faults: Error[] = [];
  let poison: string | undefined;
  const faulty = (ledger: SkuLedger): SkuLedger => ({
    execute: (...call) => {
      if ('messageId' in call[1] && call[1].messageId === poison) return Promise.reject(new TypeError('a fault of ours'));
      if ('messageId' in call[1] && call[1].messageId.startsWith('refused-')) return refuse(ledger, call[0]);
      const fault = faults.shift();
      return fault === undefined ? ledger.execute(...call) : Promise.reject(fault);
    },
    read: (ref) => ledger.read(ref),
    drain: () => ledger.drain(),
  });
  let ingestion: IngestionUnderTest;
  beforeAll(async () => {
    ingestion = await IngestionUnderTest.start({ around: (runtime) => ({ ...runtime, ledger: faulty(runtime.ledger) }) });
    await ingestion.connect();
  });
  afterAll(() => ingestion.stop());

  it('has no second effect when it died between the effect and the inbox', async () => {
    const { runtime } = ingestion;
    const crash = crashingPool(runtime.database.pool);
    const intake = await intakeOf({ ...runtime, database: { ...runtime.database, pool: crash.pool } });
    const batch = batchOf(
      ...Array.from({ length: 100 }, (_, index) => onTopic('acme', receipt(`crash-${index}`, { sku: 'CRASH', quantity: 1 }))),
    );
    crash.arm();
    await expect(intake.take(batch)).rejects.toThrow('died before the inbox knew');
    expect(await ingestion.onHand('CRASH')).toBe(32);
    // What sells meanwhile must not push the messages out of the ledger's memory.
    for (let round = 0; round < 100; round += 1) {
      const at = Date.now();
      const order = `crash-order-${round}`;
      const ref = { tenant: 'acme', sku: 'CRASH' };
      const hold = { at, orderId: order, reservationId: order, quantity: 1, ttlMs: 60_000, requestHash: order, sources: [] };
      await runtime.ledger.execute(ref, { type: 'PlaceReservation', commandId: `${order}-place`, ...hold });
      await runtime.ledger.execute(ref, { type: 'ReleaseReservation', commandId: `${order}-release`, at, reservationId: order });
    }
    await intake.take(batch);
    expect(await ingestion.onHand('CRASH')).toBe(100);
  });

  it('has no second effect when it died between the inbox and the offset', async () => {
    const { runtime } = ingestion;
    const intake = await intakeOf(runtime);
    const batch = batchOf(onTopic('acme', receipt('offset-1', { sku: 'OFFSET', quantity: 5 })));
    await intake.take(batch);
    await intake.take(batch);
    expect(await ingestion.messageIds('OFFSET')).toEqual(['offset-1']);
  });

  it('waits out a ledger that is busy and an event store that is away, and loses nothing', async () => {
    const ref = { tenant: 'acme', sku: 'AWAY-0' };
    faults.push(
      ...Array.from({ length: 3 }, () => new LedgerBusy(ref, 5)),
      new EventStoreUnavailable('away'),
      ...Array.from({ length: 8 }, () => new LedgerBusy(ref, 5)),
      new EventStoreUnavailable('away'),
    );
    const messages = Array.from({ length: 20 }, (_, index) => receipt(`away-${index}`, { sku: `AWAY-${index % 4}`, quantity: 1 }));
    await ingestion.publish(messages);
    await eventually(async () => {
      for (const rest of [0, 1, 2, 3]) expect(await ingestion.onHand(`AWAY-${rest}`)).toBe(5);
    });
    expect((await ingestion.call('GET', '/v1/erp/dead-letters')).body['deadLetters']).toEqual([]);
  });

  it('gives up a message that fails for no reason that passes, with what happened, and takes the others', async () => {
    const poisoned = receipt('poison-2', { sku: 'POISON', quantity: 1 });
    poison = poisoned.messageId;
    await ingestion.publish([
      receipt('poison-1', { sku: 'PURE', quantity: 1 }),
      poisoned,
      receipt('poison-3', { sku: 'PURE', quantity: 1 }),
    ]);
    await eventually(async () => expect(await ingestion.onHand('PURE')).toBe(2));
    await eventually(async () =>
      expect((await ingestion.call('GET', '/v1/erp/dead-letters')).body['deadLetters']).toMatchObject([
        { reason: { code: 'handler_failed', message: 'TypeError: a fault of ours' } },
      ]),
    );
  });

  it('makes a dead letter of a message that the domain refuses, at its arrival or after it was parked, and takes the others', async () => {
    const warehouseId = 'W-REFUSED';
    await ingestion.connect('sap', {}, 'refusing');
    await ingestion.publish(
      [
        receipt('refused-1', { sku: 'REFUSED', quantity: 1 }),
        receipt('refused-2', { sku: 'REFUSED', quantity: 2, warehouseId }),
        receipt('taken-3', { sku: 'REFUSED', quantity: 4, warehouseId }),
      ],
      'refusing',
    );
    const read = async (path: string) => (await ingestion.call('GET', path, undefined, { tenant: 'refusing' })).body;
    await eventually(async () => expect(await read('/v1/erp/parked')).toMatchObject({ pagination: { total: 2 } }));
    const mapping = { connectionId: 'sap', mappings: [{ warehouseId, locationId: 'MAIN' }] };
    await ingestion.call('PUT', '/v1/erp/warehouse-mappings', mapping, { tenant: 'refusing' });

    await eventually(async () => expect(await ingestion.onHand('REFUSED', 'MAIN', 'refusing')).toBe(4));
    await eventually(async () => expect(await read('/v1/erp/dead-letters')).toMatchObject({ pagination: { total: 2 } }));
    const { deadLetters } = (await read('/v1/erp/dead-letters')) as unknown as {
      deadLetters: readonly { value: string; reason: { code: string } }[];
    };
    const told = deadLetters.map(({ value, reason }) => {
      const { data } = JSON.parse(value) as { data: { messageId: string } };
      return `${data.messageId} ${reason.code}`;
    });
    expect(told.sort()).toEqual(['refused-1 too_many_locations', 'refused-2 too_many_locations']);
    expect(await read('/v1/erp/parked')).toMatchObject({ pagination: { total: 0 } });
  });

  it('forgets handled messages after their time, and no earlier', async () => {
    const { pool } = ingestion.runtime.database;
    const [old, young] = [anyId(), anyId()];
    await pool.query(
      `INSERT INTO ingestion.inbox (command_id, body_hash, handled_at)
       VALUES ($1, '', now() - interval '91 days'), ($2, '', now() - interval '89 days')`,
      [old, young],
    );
    const inbox = new Inbox(pool);
    await inbox.forgetOlderThan(90);
    expect([...(await inbox.handled([old, young])).keys()]).toEqual([young]);
  });

  it('can take its tables away and make them again', async () => {
    const postgres = await startTestPostgres();
    const dataSource = new DataSource({
      type: 'postgres',
      url: postgres.connectionString,
      migrations: INGESTION_SCHEMA.migrations,
      migrationsTableName: 'ingestion_migrations',
    });
    await dataSource.initialize();
    const tables = async () => {
      const rows = await dataSource.query<{ count: string }[]>(`SELECT count(*) FROM pg_tables WHERE schemaname = 'ingestion'`);
      return Number(rows[0]?.count);
    };
    try {
      await dataSource.runMigrations();
      const made = await tables();
      expect(made).toBeGreaterThan(0);
      for (const _ of dataSource.migrations) await dataSource.undoLastMigration();
      expect(await tables()).toBe(0);
      await dataSource.runMigrations();
      expect(await tables()).toBe(made);
    } finally {
      await dataSource.destroy();
      await postgres.stop();
    }
  });
});
