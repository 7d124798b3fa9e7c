import { randomUUID } from 'node:crypto';
import { Pool } from 'undici';
import type { Bench, BenchOptions } from '../bench.js';
import { Durations } from '../measure/durations.js';
import { figuresOf, medianFigures, type Figures } from '../measure/figures.js';
import { exactly, figure, type BenchReport, type Target } from '../report.js';
import { openEngines } from '../surroundings/engines.js';
import { HTTP_TENANT, startOn } from '../surroundings/servers.js';
import { locationsOf, stockUp } from '../surroundings/stock.js';

const UNITS = 1_000;
const BUYERS = 5_000;
const CONNECTIONS = 128;
const INSTANCES = 2;

export const stampede: Bench = {
  name: 'stampede',
  about: '1,000 units, 5,000 buyers who each ask twice, over HTTP, two reservation processes',
  run,
};

interface Outcome {
  readonly won: number;
  readonly refused: number;
  readonly other: number;
  /** Requests whose two answers were not the same. */
  readonly differing: number;
}

type Stampede = Outcome & Figures;

async function run({ rounds, say }: BenchOptions): Promise<BenchReport> {
  const engines = await openEngines();
  const holdfast = await startOn(engines.connectionString, INSTANCES);
  const pool = new Pool(holdfast.url, { connections: CONNECTIONS, pipelining: 1, headersTimeout: 60_000, bodyTimeout: 60_000 });
  try {
    const measured: Stampede[] = [];
    for (let round = 1; round <= rounds; round += 1) {
      const sku = `STAMPEDE-${String(round)}`;
      await stockUp(engines.runtime.ledger, [sku], locationsOf(1), UNITS, HTTP_TENANT);
      const one = await stampedeOn(pool, holdfast.key, sku);
      measured.push(one);
      say(
        `stampede ${String(round)}/${String(rounds)}: ${String(one.won)} won, ${String(one.refused)} refused, ${String(one.other)} other, ${String(one.differing)} repeats differ, ${figure(one.perSecond)} requests/s`,
      );
    }
    return {
      name: 'stampede',
      baseline: null,
      holdfast: { name: `POST reserve, ${String(INSTANCES)} reservation processes`, ...medianFigures(measured) },
      ratio: null,
      rounds: measured,
      targets: targets(measured),
      notes: [
        `${String(CONNECTIONS)} connections; the rate counts both requests of a buyer, and p50 and p99 the wait for a connection, too: all ask at once. A 503 is asked again under the same key.`,
      ],
    };
  } finally {
    await pool.destroy();
    await holdfast.stop();
    await engines.stop();
  }
}

const targets = (measured: readonly Outcome[]): Target[] => {
  const everywhere = (what: string, of: keyof Outcome, wanted: number): Target =>
    exactly(`${what}, worst round`, measured.map((one) => one[of]).find((count) => count !== wanted) ?? wanted, wanted);
  return [
    everywhere('won', 'won', UNITS),
    everywhere('refused with insufficient_stock', 'refused', BUYERS - UNITS),
    everywhere('anything else', 'other', 0),
    everywhere('repeats answered differently', 'differing', 0),
  ];
};

interface Answer {
  readonly status: number;
  readonly text: string;
}

async function stampedeOn(pool: Pool, key: string, sku: string): Promise<Stampede> {
  const durations = new Durations();
  const ask = async (idempotencyKey: string): Promise<Answer> => {
    const began = performance.now();
    const answer = await patiently(pool, key, idempotencyKey, sku);
    durations.add(performance.now() - began);
    return answer;
  };
  const began = performance.now();
  const answers = await Promise.all(
    Array.from({ length: BUYERS }, () => randomUUID()).map((idempotencyKey) => Promise.all([ask(idempotencyKey), ask(idempotencyKey)])),
  );
  const seconds = (performance.now() - began) / 1_000;
  const firsts = answers.map(([first]) => first);
  const won = firsts.filter(({ status }) => status === 201).length;
  const refused = firsts.filter(({ status, text }) => status === 409 && text.includes('"insufficient_stock"')).length;
  const differing = answers.filter(([first, second]) => first.status !== second.status || first.text !== second.text).length;
  return { won, refused, other: BUYERS - won - refused, differing, ...figuresOf(durations, seconds) };
}

async function patiently(pool: Pool, key: string, idempotencyKey: string, sku: string): Promise<Answer> {
  for (;;) {
    const { statusCode, body } = await pool.request({
      method: 'POST',
      path: '/sales-channel/inventory/reserve',
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json', 'idempotency-key': idempotencyKey },
      body: JSON.stringify({ items: [{ sku, quantity: 1 }], orderId: `order-${idempotencyKey}` }),
    });
    const text = await body.text();
    // Each answer names its own request.
    if (statusCode !== 503) return { status: statusCode, text: text.replace(/"requestId":"[^"]*"/, '') };
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
