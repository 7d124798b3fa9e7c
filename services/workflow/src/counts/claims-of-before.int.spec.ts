import type { Pool } from 'pg';
import type { QueryRunner } from 'typeorm';
import { createLogger, loadConfig } from '@holdfast/platform';
import { openRuntime, type Runtime } from '@holdfast/runtime';
import { startTestPostgres, type TestPostgres } from '@holdfast/testing';
import { CountPositionClaims1700000000040 } from '../database/1700000000040-count-position-claims.migration.js';
import { workflowSchema } from '../database/schema.js';

let postgres: TestPostgres;
let runtime: Runtime;
let pool: Pool;
let migrating: QueryRunner;

beforeAll(async () => {
  postgres = await startTestPostgres();
  const config = loadConfig({ DATABASE_URL: postgres.connectionString, HOLDFAST_LOG_LEVEL: 'silent' });
  runtime = await openRuntime(config, { name: 'claims-test', embedded: false, logger: createLogger(config, 'test') });
  migrating = (await runtime.database.open(workflowSchema)).createQueryRunner();
  ({ pool } = runtime.database);
});
afterAll(async () => {
  await migrating.release();
  await runtime.stop();
  await postgres.stop();
});
beforeEach(() => pool.query('TRUNCATE workflow.count_claim, workflow.count_position_claim'));

/** As the version before 40 claims SKUs, and takes claims of ended batches over. */
const CLAIM = `
  INSERT INTO workflow.count_claim AS c (tenant, location_id, sku, batch_id)
  SELECT 'demo', 'BER', sku, $1 FROM unnest($2::text[]) AS s (sku) ORDER BY sku
  ON CONFLICT (tenant, location_id, sku) DO UPDATE SET claimed_at = CASE WHEN c.batch_id = excluded.batch_id THEN now() ELSE c.claimed_at END
  RETURNING batch_id`;
const TAKE_OVER = `UPDATE workflow.count_claim SET batch_id = $1, claimed_at = now() WHERE tenant = 'demo' AND location_id = 'BER' AND batch_id = $2`;

const before = async (batchId: string, ...skus: readonly string[]) =>
  (await pool.query<{ batch_id: string }>(CLAIM, [batchId, skus])).rows.map((row) => row.batch_id);
const now = (batchId: string, lotId: string) =>
  pool.query(
    `INSERT INTO workflow.count_position_claim (tenant, location_id, sku, lot_id, bin_id, batch_id) VALUES ('demo', 'BER', 'CUP', $2, '', $1)`,
    [batchId, lotId],
  );
const released = (table: 'count_claim' | 'count_position_claim', batchId: string) =>
  pool.query(`DELETE FROM workflow.${table} WHERE tenant = 'demo' AND batch_id = $1`, [batchId]);
const claims = async () => {
  const bySku = await pool.query<{ claim: string }>(`SELECT batch_id || ' ' || sku AS claim FROM workflow.count_claim ORDER BY 1`);
  const sql = `SELECT batch_id || ' ' || sku || ' ' || lot_id AS claim FROM workflow.count_position_claim ORDER BY 1`;
  const byPosition = await pool.query<{ claim: string }>(sql);
  return [bySku.rows.map(({ claim }) => claim), byPosition.rows.map(({ claim }) => claim)];
};

describe('claims while processes of the version before run', () => {
  it('of open batches are kept by the migration', async () => {
    const migration = new CountPositionClaims1700000000040();
    await migration.down(migrating);
    await before('old', 'CUP');
    await migrating.startTransaction();
    await migration.up(migrating);
    await migrating.commitTransaction();
    expect(await claims()).toEqual([['old CUP'], ['old CUP ']]);
  });

  it('of the version before are of all positions of the SKU, and end with its own', async () => {
    expect(await before('old', 'CUP', 'JUG')).toEqual(['old', 'old']);
    expect(await claims()).toEqual([
      ['old CUP', 'old JUG'],
      ['old CUP ', 'old JUG '],
    ]);
    await released('count_claim', 'old');
    expect(await claims()).toEqual([[], []]);
  });

  it('of positions keep the SKU from the version before until the last of them ends', async () => {
    await now('new1', 'A');
    await now('new2', 'B');
    expect(await before('old', 'CUP')).toEqual(['new1']);
    await released('count_position_claim', 'new1');
    expect(await before('old', 'CUP')).toEqual(['new2']);
    await released('count_position_claim', 'new2');
    expect(await before('old', 'CUP')).toEqual(['old']);
  });

  it('are taken over from an ended batch, unless a third one counts some of the SKU', async () => {
    await now('new1', 'A');
    await now('new2', 'B');
    expect((await pool.query(TAKE_OVER, ['old', 'new1'])).rowCount).toBe(0);
    await released('count_position_claim', 'new2');
    expect((await pool.query(TAKE_OVER, ['old', 'new1'])).rowCount).toBe(1);
    expect(await claims()).toEqual([['old CUP'], ['old CUP ']]);
  });
});
