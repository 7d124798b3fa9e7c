import { setTimeout as sleep } from 'node:timers/promises';
import { Api, type ApiAnswer } from '@holdfast/testing';
import type { Bench, BenchOptions } from '../bench.js';
import { Durations } from '../measure/durations.js';
import { figuresOf } from '../measure/figures.js';
import { processorSecondsOf } from '../measure/process-use.js';
import { atMost, exactly, figure, type BenchReport } from '../report.js';
import { openEngines } from '../surroundings/engines.js';
import { HTTP_TENANT, startOn } from '../surroundings/servers.js';
import { stockUp } from '../surroundings/stock.js';

const RULES = 10_000;
const RULES_PER_CALL = 1_000;
const DAYS = 90;
const LOCATION = 'MAIN';
const ON_HAND = 5;
const MOST_MS = 30_000;
const PATH = '/api/inventory/replenishment';

export const replenishment: Bench = {
  name: 'replenishment',
  about: 'a run over 10,000 rules with 90 days of use each: first every rule needs an order, then none does',
  run,
};

interface Suggestions {
  readonly suggestions: readonly { readonly id: string | null; readonly because: { readonly daysOfData: number } }[];
  readonly skipped: readonly unknown[];
}

/** Days of use as a shop of a quarter would have left them. */
const USE = `
  INSERT INTO workflow.daily_use (tenant, sku, location_id, day, sold, returned, most_on_hand, closing_on_hand)
  SELECT $1, sku, $2, $3::int - d, 1 + (d * 7 + ordinality) % 5, 0, 50, 50
    FROM unnest($4::text[]) WITH ORDINALITY AS s (sku, ordinality), generate_series(1, ${String(DAYS)}) AS d
  ON CONFLICT DO NOTHING`;

async function run({ rounds, say }: BenchOptions): Promise<BenchReport> {
  const engines = await openEngines();
  const holdfast = await startOn(engines.connectionString);
  try {
    const api = new Api(holdfast.url, holdfast.key);
    const { pool } = engines.runtime.database;
    const skus = Array.from({ length: RULES }, (_none, index) => `REPL-${String(index)}`);
    await stockUp(engines.runtime.ledger, skus, [{ locationId: LOCATION, priority: 1 }], ON_HAND, HTTP_TENANT);
    await pool.query(USE, [HTTP_TENANT, LOCATION, Math.floor(Date.now() / 86_400_000), skus]);
    for (let from = 0; from < RULES; from += RULES_PER_CALL) {
      must(await api.post(`${PATH}/config`, { rules: skus.slice(from, from + RULES_PER_CALL).map(ruleOf) }));
    }
    await listed(api);
    say(`replenishment: ${figure(RULES)} rules with ${String(DAYS)} days of use each`);
    const first = await measured(api, holdfast.main.pid);
    say(`replenishment, every rule needs an order: ${figure(first.ms)} ms, processor ${figure(first.processorSeconds)} s`);
    const again: (typeof first)[] = [];
    for (let round = 0; round < rounds; round += 1) {
      const next = await measured(api, holdfast.main.pid);
      again.push(next);
      say(`replenishment, nothing has changed: ${figure(next.ms)} ms, processor ${figure(next.processorSeconds)} s`);
    }
    const durations = new Durations();
    for (const { ms } of again) durations.add(ms);
    const figures = figuresOf(durations, 1);
    const orders = new Set([first, ...again].flatMap(({ found }) => found.suggestions.map(({ id }) => id)));
    return {
      name: 'replenishment',
      baseline: null,
      holdfast: { name: `a run over ${String(RULES)} rules where nothing changed`, ...figures, perSecond: RULES / (figures.p50Ms / 1_000) },
      ratio: null,
      rounds: [first, ...again].map(({ ms, processorSeconds }) => ({ ms, processorSeconds })),
      targets: [
        atMost('every rule needs an order', first.ms, MOST_MS, ' ms'),
        atMost('nothing has changed', figures.p50Ms, MOST_MS, ' ms'),
        exactly('suggestions of all runs together', orders.size, RULES),
      ],
      notes: ['Over HTTP, one call: reading use, rules and stock, deciding, storing, and an answer with every suggestion and its figures.'],
    };
  } finally {
    await holdfast.stop();
    await engines.stop();
  }
}

const ruleOf = (sku: string) => ({
  ...{ sku, locationId: LOCATION, method: 'reorder_point', leadTimeDays: 7, leadTimeStdDays: 1, packSize: 6, mode: 'approve' },
  source: { type: 'purchase', supplierId: 'ACME' },
});

async function measured(api: Api, pid: number) {
  const before = processorSecondsOf(pid);
  const began = performance.now();
  const { body } = must(await api.post(`${PATH}/suggestions`, { create: true }));
  const ms = performance.now() - began;
  const found = body as Suggestions;
  if (found.suggestions.some(({ because }) => because.daysOfData !== DAYS)) throw new Error('a rule was evaluated without its days of use');
  return { found, ms, processorSeconds: processorSecondsOf(pid) - before };
}

/** Until the list knows every rule. */
async function listed(api: Api): Promise<void> {
  for (;;) {
    const { body } = must(await api.get(`${PATH}/config?limit=1`));
    if ((body as { readonly pagination: { readonly total: number } }).pagination.total === RULES) return;
    await sleep(100);
  }
}

function must(answer: ApiAnswer): ApiAnswer {
  if (answer.status === 200) return answer;
  throw new Error(`${String(answer.status)} ${JSON.stringify(answer.body).slice(0, 500)}`);
}
