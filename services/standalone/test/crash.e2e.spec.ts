import { mkdtempSync, chmodSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { replay } from '@holdfast/replay';
import { freePort, startHoldfast, unique, type RunningHoldfast } from '@holdfast/testing';
import { writeInvoices } from './invoices.js';

// Six processes take long to start again on a small machine.
const KILLS = process.env['HOLDFAST_E2E'] === 'services' ? 2 : 5;
// The replay must outlast the kills; over engines that are servers of their own it advances more slowly.
const LINES = process.env['KAFKA_BROKERS'] === undefined ? 4_000 : 2_000;

describe('a process that is killed again and again under a replay', () => {
  let folder: string;
  let holdfast: RunningHoldfast;

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'holdfast-crash-'));
    chmodSync(folder, 0o755);
  });

  afterAll(async () => {
    await holdfast.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  it('loses nothing, sells nothing twice, and every book is equal', async () => {
    const file = join(folder, 'invoices.csv');
    writeInvoices(file, LINES);
    const options = { dataFolder: join(folder, 'data'), port: await freePort(), apiKey: unique('hf_key_of_the_crashes') };
    holdfast = await startHoldfast(options);

    let over = false;
    const replayed = replay({
      file,
      lines: Number.POSITIVE_INFINITY,
      tightness: 0.9,
      seed: 3,
      ordersInFlight: 8,
      url: holdfast.url,
      key: holdfast.key,
      prefix: unique('crash-'),
      channels: 'webhook',
      // On a busy machine a start takes half a minute, and the kill comes a second after it.
      patienceMs: 400_000,
      say: () => undefined,
    }).finally(() => {
      over = true;
    });
    let kills = 0;
    for (; kills < KILLS && !over; kills += 1) {
      await sleep(1_000);
      for (const one of holdfast.processes) one.kill('SIGKILL');
      await Promise.all(holdfast.processes.map((one) => one.ended));
      holdfast = await startHoldfast(options);
    }
    const report = await replayed;

    expect(kills).toBe(KILLS);
    expect(report.differences).toEqual([]);
    expect(report).toMatchObject({
      oversoldUnits: 0,
      conservation: { mismatches: 0 },
      erpBook: { mismatches: 0 },
      channels: [{ name: 'webhook', mismatches: 0 }],
      repeats: { different: 0 },
    });
    expect(report.orders.refused + report.orders.confirmed + report.orders.cancelled).toBe(report.orders.offered);
  });
});
