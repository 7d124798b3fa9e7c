import { randomUUID } from 'node:crypto';
import type { Pool } from 'pg';
import { DataSource } from 'typeorm';
import { startTestPostgres } from '@holdfast/testing';
import type { TestPostgres } from '@holdfast/testing';
import { Story } from '../../test/story.js';
import { projectAll } from '../../test/tables.js';
import { ENTITIES, ReservationEntity, StockEntity } from '../entities/index.js';
import { migrateReadModel } from '../storage/migrate.js';
import { findChannelAtp, findChannels } from './channels.js';
import { findItem, findItemById } from './items.js';
import { findLowStock } from './low-stock.js';
import { PositionGate } from './position-gate.js';
import { findReservation } from './reservations.js';
import { findStock } from './stock.js';
import { tablesIn } from './tables.js';
import type { Tables } from './tables.js';

let postgres: TestPostgres;
let pool: Pool;
let tables: Tables;
let source: DataSource;
const story = new Story();
const PAGE = { limit: 10, offset: 0 };

beforeAll(async () => {
  postgres = await startTestPostgres();
  pool = postgres.pool();
  tables = tablesIn(pool);
  await migrateReadModel(postgres.connectionString, 'read_model');
  source = await new DataSource({
    type: 'postgres',
    url: postgres.connectionString,
    schema: 'read_model',
    entities: ENTITIES,
  }).initialize();
  await story.channel('web', { bufferUnits: 1 });
  await story.receive('TEE', 'BER', 5);
  await story.receive('TEE', 'HAM', 3);
  await story.receive('HAT', 'BER', 30);
  await story.command('HAT', { type: 'DescribeProduct', at: story.now, commandId: randomUUID(), verified: true, lowStockThreshold: 40 });
  await story.reserve('TEE', 2, 'rs_a.1');
  await story.receive('TEE', 'BER', 9, 'other');
  await projectAll(pool, story.store);
});
afterAll(async () => {
  await source.destroy();
  await postgres.stop();
});

describe('queries', () => {
  it('find a reservation with its lines, of its own tenant only', async () => {
    expect(await findReservation(tables, 'acme', 'rs_a.1')).toMatchObject({
      orderId: 'order of rs_a.1',
      status: 'held',
      expiresAt: story.now + 60_000,
      lines: [{ sku: 'TEE', requested: 2, quantity: 2, committed: 0, sources: [{ quantity: 2 }] }],
    });
    expect(await findReservation(tables, 'other', 'rs_a.1')).toBeUndefined();
  });

  it('find what channels may promise', async () => {
    expect(await findChannelAtp(tables, 'acme', { skus: ['TEE', 'HAT', 'NOPE'] })).toMatchObject([
      { sku: 'HAT', channelId: 'web', atp: 29 },
      { sku: 'TEE', channelId: 'web', atp: 4 },
    ]);
    expect(await findChannelAtp(tables, 'acme', { skus: ['TEE'], channelId: 'nope' })).toEqual([]);
    expect(await findChannels(tables, 'other')).toEqual([]);
  });

  it('find scarce SKUs by the threshold of the product, or the usual one, the scarcest first', async () => {
    expect(await findLowStock(tables, 'acme', 10, PAGE)).toEqual({
      rows: [
        { sku: 'TEE', name: null, available: 6, onHand: 8, reserved: 2, threshold: 10 },
        { sku: 'HAT', name: null, available: 30, onHand: 30, reserved: 0, threshold: 40 },
      ],
      total: 2,
    });
    expect((await findLowStock(tables, 'acme', 6, PAGE)).rows.map(({ sku }) => sku)).toEqual(['HAT']);
  });

  it('find the balances of SKUs in the order asked for', async () => {
    const found = await findStock(tables, 'acme', ['TEE', 'NOPE']);
    expect(found).toMatchObject([
      { sku: 'TEE', stock: [{ locationId: 'BER' }, { locationId: 'HAM' }] },
      { sku: 'NOPE', stock: [] },
    ]);
    expect(found[1]?.product).toBeUndefined();
  });

  it('find an item by its parts and by its id', async () => {
    expect(await findItem(tables, 'acme', 'TEE', 'HAM')).toMatchObject({ onHand: 3 });
    expect(await findItemById(tables, 'acme', 'TEE~HAM')).toMatchObject({ onHand: 3 });
    expect(await findItemById(tables, 'acme', 'TEE')).toBeUndefined();
  });
});

describe('waiting for a position', () => {
  it('ends at once when it was reached, in time when it is, and with nothing when it is not', async () => {
    const gate = new PositionGate(tables);
    const { position } = await gate.now();
    expect((await gate.reach(position, 50))?.position).toBe(position);
    expect(await gate.reach(position + 1n, 50)).toBeUndefined();
    const waiting = Promise.all([gate.reach(position + 1n, 5_000), gate.reach(position + 2n, 50)]);
    await story.receive('TEE', 'BER', 1);
    await projectAll(pool, story.store);
    const [reached, tooFar] = await waiting;
    expect(reached?.position).toBe(position + 1n);
    expect(tooFar).toBeUndefined();
  });

  it('tells all who wait when Postgres does not answer', async () => {
    const broken = {
      schema: 'read_model',
      pool: Object.assign(Object.create(pool) as Pool, { query: async () => Promise.reject(new Error('away')) }),
    };
    await expect(new PositionGate(broken).reach(99n, 50)).rejects.toThrow('away');
  });
});

describe('the entities', () => {
  it('describe the tables as the migration makes them', async () => {
    for (const { tableName, columns } of source.entityMetadatas) {
      const { rows } = await pool.query<{ column_name: string; data_type: string; is_nullable: string }>(
        `SELECT column_name, data_type, is_nullable FROM information_schema.columns WHERE table_schema = 'read_model' AND table_name = $1`,
        [tableName],
      );
      const types: Readonly<Record<string, string>> = { timestamptz: 'timestamp with time zone' };
      const described = columns.map(
        ({ databaseName, type, isNullable }) => `${databaseName} ${types[String(type)] ?? String(type)} ${isNullable ? 'YES' : 'NO'}`,
      );
      const made = rows.map(({ column_name, data_type, is_nullable }) => `${column_name} ${data_type} ${is_nullable}`);
      expect(described.sort()).toEqual(made.sort());
    }
  });

  it('read rows as plain numbers and objects', async () => {
    const stock = await source.getRepository(StockEntity).findOneByOrFail({ tenant: 'acme', sku: 'HAT', locationId: 'BER' });
    expect(stock).toMatchObject({ onHand: 30, version: 1 });
    expect(await source.getRepository(ReservationEntity).countBy({ tenant: 'acme', status: 'held' })).toBe(1);
  });
});
