import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { BenchOptions } from '../bench.js';
import { figure, type BenchReport } from '../report.js';
import { enginesTargets, type ComparedRow, type EnginesReport } from './comparison.js';
import { ENGINE_SETS, startSet, type EngineSet } from './sets.js';
import { COMPARED, comparedReplay, type ComparedWork } from './works.js';

const PROGRAM = fileURLToPath(new URL('../main.js', import.meta.url));
const VARIABLES = ['DATABASE_URL', 'EVENTSTOREDB_URL', 'KAFKA_BROKERS'];
/** As `npm run bench`. */
const NODE_OPTIONS = ['--max-old-space-size=1024', '--max-semi-space-size=64', '--enable-source-maps'];

export const ABOUT_ENGINES = 'hot, spread, cart, ERP to ATP and, with --data FILE, a replay of 20,000 lines on each set of engines';

/** Runs each benchmark in a process of its own on each set of engines; servers are started for each run, with no data. */
export async function compareEngines(options: BenchOptions): Promise<EnginesReport> {
  const { data, say } = options;
  const works = data === undefined ? COMPARED : [...COMPARED, comparedReplay(data)];
  const left = new Set<string>(data === undefined ? ['SKIPPED: the replay: no --data FILE'] : []);
  const rows: ComparedRow[] = [];
  for (const work of works) {
    const reports: (BenchReport | undefined)[] = [];
    for (const set of ENGINE_SETS) reports.push(await measure(work, set, options, (why) => left.add(why)));
    for (const { what, of } of work.figures) {
      const values = reports.map((report) => (report === undefined ? null : of(report)));
      rows.push({ what, bench: work.bench, values });
      say(`${what}: ${values.map((value) => (value === null ? '–' : figure(value))).join(', ')}`);
    }
  }
  const sets = ENGINE_SETS.map(({ name }) => name);
  return {
    name: 'engines',
    sets,
    rows,
    targets: enginesTargets(sets, rows),
    notes: [...left, `Load, Holdfast and all engines share ${String(availableParallelism())} cores.`],
  };
}

async function measure(
  work: ComparedWork,
  set: EngineSet,
  options: BenchOptions,
  leaveOut: (why: string) => void,
): Promise<BenchReport | undefined> {
  const started = await startSet(set);
  if ('missing' in started) {
    leaveOut(`SKIPPED: ${set.name}: ${started.missing}`);
    return undefined;
  }
  options.say(`\n${work.bench} on ${set.name}`);
  const folder = mkdtempSync(join(tmpdir(), 'holdfast-bench-'));
  const out = join(folder, 'report.json');
  const effort = ['--rounds', String(options.rounds), '--seconds', String(options.seconds), '--json', out];
  try {
    // It ends with 1 where a target of the embedded engines is missed, so what counts is that there is a report.
    await run([work.bench, ...work.options, ...effort], started.env);
    return JSON.parse(readFileSync(out, 'utf8')) as BenchReport;
  } catch (error) {
    leaveOut(`FAILED: ${work.bench} on ${set.name}: ${error instanceof Error ? error.message : String(error)}`);
    return undefined;
  } finally {
    rmSync(folder, { recursive: true, force: true });
    await started.stop();
  }
}

/** Its progress goes to standard error. */
function run(args: readonly string[], engines: Readonly<Record<string, string>>): Promise<void> {
  const inherited = Object.fromEntries(Object.entries(process.env).filter(([name]) => !VARIABLES.includes(name)));
  const child = spawn(process.execPath, [...NODE_OPTIONS, PROGRAM, ...args], {
    stdio: ['ignore', 'ignore', 2],
    env: { ...inherited, ...engines },
  });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', () => resolve());
  });
}
