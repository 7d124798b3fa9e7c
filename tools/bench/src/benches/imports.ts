import { setTimeout as sleep } from 'node:timers/promises';
import { ingestionService } from '@holdfast/ingestion';
import { isRecord, loadConfig, signCaller } from '@holdfast/platform';
import pg from 'pg';
import type { Bench, BenchOptions } from '../bench.js';
import { median } from '../measure/figures.js';
import { atLeast, atMost, figure, type BenchReport, type Named } from '../report.js';
import { openEngines, type Engines } from '../surroundings/engines.js';
import { PeakMemory } from '../measure/peak-memory.js';

const LINES = 100_000;
const LINES_IN_FULL = 1_000_000;
const LEAST_PER_SECOND = 10_000;
/** What a file may add to the memory of the process, whatever its length. */
const MOST_MEBIBYTES = 400;
const SECRET = 'internal-secret-of-the-benchmark-0123';
const TENANT = 'bench';
const PIECE_LINES = 1_000;
const BATCH = 500;
/** With it, a million lines have 200 MiB. */
const LONG_REASON = 'counted by two people in the night of the stock-taking; '.repeat(4).slice(0, 185);
const SAY_EVERY_MS = 10_000;

export const imports: Bench = {
  name: 'imports',
  about: 'a stock file, every line changed, against INSERT … ON CONFLICT with unnest; its memory',
  run,
};

interface Phases {
  readonly storedMs: number;
  readonly doneMs: number;
  /** From the first line carried out to the last. */
  readonly carriedOutMs: number;
  /** Of this process, from the first byte sent to the end. */
  readonly processorMs: number;
}

/** In full it is one round of a file of a million lines and 200 MiB, and memory is told as it goes on. */
async function run({ full, rounds: wanted, lines = full ? LINES_IN_FULL : LINES, say }: BenchOptions): Promise<BenchReport> {
  const rounds = full ? 1 : wanted;
  const reason = full ? LONG_REASON : '';
  const engines = await openEngines();
  const client = new pg.Client({ connectionString: engines.connectionString });
  try {
    await client.connect();
    await client.query(LEVELS);
    const service = await serve(engines);
    const baselines: number[] = [];
    const found: Phases[] = [];
    const memory = PeakMemory.start();
    const follow = full ? (at: string): void => say(`${at}: ${memory.now}`) : undefined;
    let foreseen: Phases | undefined;
    try {
      for (let round = 0; round < rounds; round += 1) {
        baselines.push(await upsertAll(client, lines, round));
        const phases = await service.send({ lines, round, reason, dryRun: false, follow });
        found.push(phases);
        say(
          `imports ${String(round + 1)}/${String(rounds)}: SQL ${rate(lines, baselines.at(-1))}/s; stored ${rate(lines, phases.storedMs)}/s, ` +
            `carried out ${rate(lines, phases.carriedOutMs)}/s, whole ${rate(lines, phases.doneMs)}/s, ${figure(memory.peakMebibytes)} MiB at most`,
        );
      }
      if (!full) foreseen = await service.send({ lines, round: rounds, reason, dryRun: true, follow });
    } finally {
      memory.stop();
      await service.stop();
    }
    return report({ lines, baselines, found, foreseen, memory });
  } finally {
    await client.end();
    await engines.stop();
  }
}

interface Found {
  readonly lines: number;
  readonly baselines: readonly number[];
  readonly found: readonly Phases[];
  readonly foreseen: Phases | undefined;
  readonly memory: PeakMemory;
}

function report({ lines, baselines, found, foreseen, memory }: Found): BenchReport {
  const side = (name: string, ms: readonly number[]): Named => {
    const middle = median(ms);
    return { name, perSecond: lines / (middle / 1_000), p50Ms: middle, p99Ms: Math.max(...ms) };
  };
  const holdfast = side(
    'a file carried out, from its first line to its last',
    found.map(({ carriedOutMs }) => carriedOutMs),
  );
  const baseline = side(`INSERT … ON CONFLICT with unnest, ${String(BATCH)} rows at once`, baselines);
  const whole = median(found.map(({ doneMs }) => doneMs));
  const stored = median(found.map(({ storedMs }) => storedMs));
  const grown = memory.peakMebibytes - memory.beforeMebibytes;
  return {
    name: 'imports',
    baseline,
    holdfast,
    ratio: holdfast.perSecond / baseline.perSecond,
    rounds: found,
    targets: [
      atLeast('changed lines a second', holdfast.perSecond, LEAST_PER_SECOND, ''),
      atMost('memory above the beginning', grown, MOST_MEBIBYTES, ' MiB'),
    ],
    notes: [
      `${String(lines)} lines, each of a SKU of its own; the first round makes the SKUs. Ratio ${figure(holdfast.perSecond / baseline.perSecond)}×.`,
      `Received, checked and stored ${rate(lines, stored)}/s; from the first byte sent to the end ${rate(lines, whole)}/s.`,
      ...(foreseen === undefined ? [] : [`A dry run is carried out at ${rate(lines, foreseen.carriedOutMs)}/s.`]),
      `Processor time of the process, load included: ${figure((median(found.map(({ processorMs }) => processorMs)) * 1_000) / lines)} µs a line.`,
      `Memory of the process, load included: ${figure(memory.beforeMebibytes)} MiB before, ${figure(memory.peakMebibytes)} MiB at most, ${figure(memory.afterMebibytes)} MiB after.`,
      'Holdfast checks each line, stores it with its result, and keeps an event of each; the baseline is handed arrays and keeps the last figure.',
    ],
  };
}

const rate = (lines: number, ms = Number.NaN): string => figure(lines / (ms / 1_000));

interface FileSent {
  readonly lines: number;
  readonly round: number;
  readonly reason: string;
  readonly dryRun: boolean;
  /** Called now and then with how far it is. */
  readonly follow: ((at: string) => void) | undefined;
}

interface Served {
  readonly send: (file: FileSent) => Promise<Phases>;
  readonly stop: () => Promise<void>;
}

async function serve({ runtime }: Engines): Promise<Served> {
  const { internalSecret } = loadConfig({ HOLDFAST_INTERNAL_SECRET: SECRET });
  const service = await ingestionService.start({
    ...runtime,
    config: { ...runtime.config, ...(internalSecret === undefined ? {} : { internalSecret }) },
  });
  await service.app.listen({ port: 0, host: '127.0.0.1' });
  const url = await service.app.getUrl();
  const caller = { tenant: TENANT, subject: 'bench', permissions: ['*'] };
  const ask = async (path: string, given: RequestInit & { readonly duplex?: 'half' } = {}): Promise<Readonly<Record<string, unknown>>> => {
    const answer = await fetch(`${url}${path}`, {
      ...given,
      headers: { 'x-holdfast-caller': signCaller(caller, SECRET), ...given.headers },
    });
    const body: unknown = await answer.json();
    if (!answer.ok || !isRecord(body)) throw new Error(`${path} answered ${String(answer.status)} ${JSON.stringify(body)}`);
    return body;
  };
  return {
    async send({ lines, round, reason, dryRun, follow }) {
      const began = performance.now();
      const processor = process.cpuUsage();
      const { id } = await ask(`/v1/imports?kind=stock&dryRun=${String(dryRun)}`, {
        method: 'POST',
        headers: { 'content-type': 'text/csv' },
        body: ReadableStream.from(pieces(lines, round, reason, follow)),
        duplex: 'half',
      });
      const storedMs = performance.now() - began;
      for (let saidAt = performance.now(); ;) {
        const view = await ask(`/v1/imports/${String(id)}`);
        if (view['status'] === 'failed') throw new Error(`the import failed: ${String(view['error'])}`);
        if (view['status'] === 'done') {
          if (view['applied'] !== lines) throw new Error(`only ${String(view['applied'])} of ${String(lines)} lines changed something`);
          const time = (name: string): number => Date.parse(String(view[name]));
          const { user, system } = process.cpuUsage(processor);
          return {
            storedMs,
            doneMs: performance.now() - began,
            carriedOutMs: time('finishedAt') - time('startedAt'),
            processorMs: (user + system) / 1_000,
          };
        }
        if (performance.now() - saidAt >= SAY_EVERY_MS) {
          saidAt = performance.now();
          follow?.(`${String(view['applied'])} carried out`);
        }
        await sleep(50);
      }
    },
    stop: () => service.stop(),
  };
}

function* pieces(lines: number, round: number, reason: string, follow: FileSent['follow']): Generator<Uint8Array> {
  yield Buffer.from('sku,locationId,quantity,reason\n');
  for (let from = 0; from < lines; from += PIECE_LINES) {
    if (from % (lines / 10) === 0) follow?.(`${String(from)} sent`);
    const many = Array.from({ length: Math.min(PIECE_LINES, lines - from) }, (_none, offset) => lineOf(from + offset, round, reason));
    yield Buffer.from(many.join(''));
  }
}

const lineOf = (index: number, round: number, reason: string): string =>
  `IMPORTED-${String(index)},MAIN,${String(100 + round)},${reason}\n`;

const LEVELS = `
  create schema if not exists bench;
  create table if not exists bench.imported (
    sku text not null, location text not null, units int not null, as_of timestamptz not null, primary key (sku, location))`;

const UPSERT = {
  name: 'bench_imported',
  text: `
    insert into bench.imported as known (sku, location, units, as_of)
    select sku, 'MAIN', $2, now() from unnest($1::text[]) as sku
    on conflict (sku, location) do update set units = excluded.units, as_of = excluded.as_of`,
};

async function upsertAll(client: pg.Client, lines: number, round: number): Promise<number> {
  const began = performance.now();
  for (let from = 0; from < lines; from += BATCH) {
    const skus = Array.from({ length: Math.min(BATCH, lines - from) }, (_none, offset) => `IMPORTED-${String(from + offset)}`);
    await client.query({ ...UPSERT, values: [skus, 100 + round] });
  }
  return performance.now() - began;
}
