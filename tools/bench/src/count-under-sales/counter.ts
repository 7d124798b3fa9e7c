import { setTimeout as sleep } from 'node:timers/promises';
import type { Api, ApiAnswer } from '@holdfast/testing';
import { LOCATION, LOT_IDS, type LotId, type Shelves } from './shelves.js';

const PATH = '/api/inventory/cycle-count';
/** Lines that one person counts before a sheet is sent. */
const SHEET = 100;
const WALK_MS = 300;
const MISSING = 0.5;

interface Line {
  readonly lineId: string;
  readonly sku: string;
  readonly lotId: LotId;
  readonly status: string;
}

export interface CountTimes {
  readonly lines: number;
  readonly missingUnits: number;
  /** From the call to the answer: the batch is created; the slowest sheet is recorded; all is submitted; all is resolved. */
  readonly createMs: number;
  readonly recordMs: number;
  readonly submitMs: number;
  readonly resolveMs: number;
}

/** Counts both lots of every SKU blind, while others sell them, and resolves what is missing. */
export async function countAll(api: Api, shelves: Shelves, skus: readonly string[]): Promise<CountTimes> {
  const lines = skus.flatMap((sku) => LOT_IDS.map((lotId) => ({ sku, lotId })));
  const created = await timed(() => api.post(PATH, { locationId: LOCATION, blind: true, lines }), 201);
  const { id } = (created.body as { readonly batch: { readonly id: string } }).batch;
  const sheet = (await timed(() => api.get(`${PATH}/${id}`), 200)).body as { readonly lines: readonly Line[] };
  let missingUnits = 0;
  let recordMs = 0;
  for (let from = 0; from < sheet.lines.length; from += SHEET) {
    const some = sheet.lines.slice(from, from + SHEET);
    await shelves.undisturbed([...new Set(some.map(({ sku }) => sku))], async () => {
      for (const { sku, lotId } of some) {
        if (Math.random() >= MISSING) continue;
        shelves.take(sku, lotId, 1);
        missingUnits += 1;
      }
      const counted = some.map(({ lineId, sku, lotId }) => ({ lineId, quantity: shelves.of(sku, lotId) }));
      const { ms } = await timed(() => api.post(`${PATH}/${id}`, { action: 'record', lines: counted }), 200);
      recordMs = Math.max(recordMs, ms);
    });
    await sleep(WALK_MS);
  }
  const submitted = await timed(() => api.post(`${PATH}/${id}`, { action: 'submit' }), 200);
  const open = (submitted.body as { readonly lines: readonly Line[] }).lines.filter(({ status }) => status === 'review');
  await sleep(WALK_MS);
  const decisions = open.map(({ lineId }) => ({ lineId, decision: 'accept' }));
  const resolved = await timed(() => api.post(`${PATH}/resolve`, { batchId: id, lines: decisions }), 200);
  const { batch } = resolved.body as { readonly batch: { readonly status: string } };
  if (batch.status !== 'resolved') throw new Error(`the batch is ${batch.status} after every line was accepted`);
  return { lines: lines.length, missingUnits, createMs: created.ms, recordMs, submitMs: submitted.ms, resolveMs: resolved.ms };
}

async function timed(call: () => Promise<ApiAnswer>, status: number): Promise<{ readonly body: unknown; readonly ms: number }> {
  const began = performance.now();
  const answer = await call();
  if (answer.status !== status) throw new Error(`${String(answer.status)} ${JSON.stringify(answer.body).slice(0, 500)}`);
  return { body: answer.body, ms: performance.now() - began };
}
