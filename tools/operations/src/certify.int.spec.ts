import { randomUUID } from 'node:crypto';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Runtime } from '@holdfast/runtime';
import { startTestPostgres } from '@holdfast/testing';
import type { TestPostgres } from '@holdfast/testing';
import { writeCertificate } from './certify.js';
import { connect } from './connect.js';

describe('certify', () => {
  let postgres: TestPostgres;
  let runtime: Runtime;
  const folder = mkdtempSync(join(tmpdir(), 'holdfast-certify-'));

  beforeAll(async () => {
    postgres = await startTestPostgres();
    runtime = await connect({ DATABASE_URL: postgres.connectionString, HOLDFAST_LOG_LEVEL: 'silent' });
  });
  afterAll(async () => {
    await runtime.stop();
    await postgres.stop();
    rmSync(folder, { recursive: true });
  });

  it('writes a certificate from the engines that the checker finds true', async () => {
    const ref = { tenant: 'acme', sku: 'A' };
    const at = Date.now();
    const received = { type: 'ReceiveStock', at, locationId: 'MAIN', quantity: 5, effectiveAt: at, messageId: 'm1' } as const;
    await runtime.ledger.execute(ref, { ...received, commandId: randomUUID() });
    const file = join(folder, 'certificate.json');
    const conclusion = await writeCertificate(runtime.eventStore, ref, file);
    expect(conclusion).toMatchObject({ holds: true, totals: [{ locationId: 'MAIN', onHand: 5, reserved: 0 }] });
    expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({ ...ref, head: conclusion.head });
    const checker = join(process.cwd(), 'tools/check-certificate/check-certificate.mjs');
    expect(spawnSync(process.execPath, [checker, file, conclusion.head], { encoding: 'utf8' })).toMatchObject({ status: 0, stderr: '' });
  });
});
