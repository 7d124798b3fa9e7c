import type { Pool } from 'pg';
import { startTestPostgres } from '@holdfast/testing';
import type { TestPostgres } from '@holdfast/testing';
import { Story } from '../../test/story.js';
import { projectAll, rowsOf } from '../../test/tables.js';
import { digest } from '../rebuild/digest.js';
import { readCheckpoint } from '../storage/checkpoint.js';
import { migrateReadModel } from '../storage/migrate.js';

let postgres: TestPostgres;
let pool: Pool;

beforeAll(async () => {
  postgres = await startTestPostgres();
  pool = postgres.pool();
});
afterAll(() => postgres.stop());

describe('tables of the version before', () => {
  it("get each channel's ATP by location, and every message is published anew with the next version", async () => {
    await migrateReadModel(postgres.connectionString, 'read_model');
    const story = new Story();
    await story.receive('TEE', 'BER', 5);
    await story.receive('TEE', 'HAM', 3);
    await story.receive('HAT', 'HAM', 1);
    await story.channel('web', { bufferUnits: 1 });
    await projectAll(pool, story.store);
    const sound = await digest(pool, 'read_model');
    const { position, epoch } = await readCheckpoint(pool, 'read_model');
    await pool.query('ALTER TABLE read_model.channel_atp DROP locations');
    await pool.query(`DELETE FROM read_model.migrations WHERE name LIKE 'ChannelAtpLocations%'`);

    await migrateReadModel(postgres.connectionString, 'read_model');
    expect(await rowsOf(pool, 'read_model.channel_atp', 'sku, locations, version, position', 'sku')).toEqual([
      { sku: 'HAT', locations: {}, version: 1, position: Number(position) },
      { sku: 'TEE', locations: { BER: 4, HAM: 2 }, version: 2, position: Number(position) },
    ]);
    expect(await digest(pool, 'read_model')).toBe(sound);
    expect(await readCheckpoint(pool, 'read_model')).toMatchObject({ position, publishedPosition: position - 1n, epoch: epoch + 1n });
  });
});
