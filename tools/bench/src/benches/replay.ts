import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Bench, BenchOptions } from '../bench.js';
import { atMost, exactly, type BenchReport } from '../report.js';

const PROGRAM = fileURLToPath(new URL('../../../replay/dist/main.js', import.meta.url));
const MOST_SECONDS = 300;

export const replay: Bench = { name: 'replay', about: 'the whole online-retail file on embedded engines, with --data FILE', run };

/** Of the replay's own report. */
interface Replayed {
  readonly lines: number;
  readonly seconds: number;
  readonly linesPerSecond: number;
  readonly oversoldUnits: number;
  readonly conservation: { readonly mismatches: number };
  readonly erpBook: { readonly mismatches: number };
  readonly channels: readonly { readonly mismatches: number }[];
  readonly reserveMs: { readonly p50: number; readonly p99: number };
  readonly atpLagMs: { readonly p50: number; readonly p99: number };
}

/** Once: rounds do not apply. */
async function run({ data, lines }: BenchOptions): Promise<BenchReport> {
  if (data === undefined) throw new Error('replay wants the online-retail file: --data FILE');
  const found = await played(data, lines);
  const mismatches = [found.conservation, found.erpBook, ...found.channels].reduce((sum, compared) => sum + compared.mismatches, 0);
  return {
    name: 'replay',
    baseline: null,
    holdfast: {
      name: 'lines; p50 and p99 of an order reserved',
      perSecond: found.linesPerSecond,
      p50Ms: found.reserveMs.p50,
      p99Ms: found.reserveMs.p99,
    },
    ratio: null,
    rounds: [found],
    targets: [
      atMost(`${String(found.lines)} lines`, found.seconds, MOST_SECONDS, ' s'),
      exactly('units sold twice', found.oversoldUnits, 0),
      exactly('mismatches between the books', mismatches, 0),
    ],
    notes: [`ERP message to ATP message: p50 ${String(found.atpLagMs.p50)} ms, p99 ${String(found.atpLagMs.p99)} ms.`],
  };
}

/** Its progress and table go to standard error. @throws when it finds anything wrong: then it has said so */
async function played(data: string, lines: number | undefined): Promise<Replayed> {
  const folder = mkdtempSync(join(tmpdir(), 'holdfast-bench-'));
  const out = join(folder, 'replay.json');
  try {
    const args = ['--data', data, '--json', out, ...(lines === undefined ? [] : ['--lines', String(lines)])];
    const child = spawn(process.execPath, ['--enable-source-maps', PROGRAM, ...args], { stdio: ['ignore', 2, 2] });
    const code = await new Promise<number | null>((resolve, reject) => {
      child.once('error', reject);
      child.once('exit', resolve);
    });
    if (code !== 0) throw new Error(`the replay ended with ${String(code)}`);
    return JSON.parse(readFileSync(out, 'utf8')) as Replayed;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
