import { randomUUID } from 'node:crypto';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { migrateReadModel } from '@holdfast/read-model';
import type { Runtime } from '@holdfast/runtime';
import { startTestPostgres } from '@holdfast/testing';
import type { TestPostgres } from '@holdfast/testing';
import { connect, runningDatabase } from './connect.js';
import { Progress } from './progress.js';
import { verify } from './verify.js';

let postgres: TestPostgres;
let runtime: Runtime;

beforeAll(async () => {
  postgres = await startTestPostgres();
  runtime = await connect({ DATABASE_URL: postgres.connectionString, HOLDFAST_LOG_LEVEL: 'silent' });
});
afterAll(async () => {
  await runtime.stop();
  await postgres.stop();
});

const silent = (): Progress => Object.assign(new Progress(), { show: () => undefined, say: () => undefined, end: () => undefined });

describe('verify', () => {
  it('finds an empty store sound', async () => {
    const result = await verify(runtime, silent());
    expect(result).toMatchObject({ streams: 0, events: 0, violations: 0, equal: true });
  });

  it('walks what happened, and finds tables that say something else', async () => {
    const at = Date.now();
    const received = { type: 'ReceiveStock', at, locationId: 'MAIN', quantity: 5, effectiveAt: at } as const;
    await runtime.ledger.execute({ tenant: 'acme', sku: 'A' }, { ...received, commandId: randomUUID(), messageId: 'm1' });
    await runtime.ledger.execute({ tenant: 'acme', sku: 'B' }, { ...received, commandId: randomUUID(), messageId: 'm2' });
    await migrateReadModel(postgres.connectionString, 'read_model');
    await runtime.database.pool.query(`INSERT INTO read_model.products (tenant, sku, verified, position, created_at, updated_at)
                                       VALUES ('acme', 'GHOST', true, 0, now(), now())`);
    const result = await verify(runtime, silent());
    expect(result).toMatchObject({ streams: 2, violations: 0, equal: false });
    expect(result.events).toBeGreaterThanOrEqual(2);
  });

  it('finds a promise of what is not there', async () => {
    const takes = [{ locationId: 'MAIN', quantity: 9, because: 'x' }];
    const data = { reservationId: 'rs_1', orderId: 'o', takes, expiresAt: 1, requestHash: 'h', requested: 9 };
    const metadata = { tenant: 'acme', at: Date.now(), commandId: randomUUID() };
    await runtime.eventStore.append('stock-acme.BAD', -1, [{ id: randomUUID(), type: 'ReservationPlaced.v1', data, metadata }]);
    expect((await verify(runtime, silent())).violations).toBeGreaterThan(0);
  });
});

describe('the engines of a running Holdfast', () => {
  const folder = (content?: object): string => {
    const made = mkdtempSync(join(tmpdir(), 'holdfast-operations-'));
    if (content !== undefined) writeFileSync(join(made, 'engines.json'), JSON.stringify(content));
    return made;
  };

  it('are found by its data folder', () =>
    expect(runningDatabase(folder({ databaseUrl: 'postgres://x', pid: process.pid }))).toBe('postgres://x'));
  it('are none where no Holdfast runs', () => expect(runningDatabase(folder())).toBeUndefined());
  it('are none where it was killed and left its file', () =>
    expect(runningDatabase(folder({ databaseUrl: 'postgres://x', pid: 2 ** 22 - 1 }))).toBeUndefined());
});
