import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chances } from '../chances.js';
import { UsageError } from '../command-line.js';
import { readCrashOptions, type CrashOptions } from './options.js';
import { runLeg, type Leg } from './rounds.js';
import { startAlone, startApart, type Subject } from './subject.js';

// Kills processes of Holdfast at random moments under load, and checks after each that nothing was lost or done twice.

/** An answer is due so soon after a crash. */
const RECOVERY_MS = 5_000;

const say = (line: string): void => void process.stderr.write(`${line}\n`);

async function leg(
  title: string,
  subject: Subject,
  rounds: number,
  random: () => number,
): Promise<Leg & { readonly leftPids: readonly number[] }> {
  say(title);
  try {
    const finished = await runLeg(subject, rounds, random, say);
    return { ...finished, leftPids: await subject.stop() };
  } catch (error) {
    await subject.stop();
    throw error;
  }
}

async function crash({ rounds, seed, anyRecovery }: CrashOptions): Promise<{ result: object; isWell: boolean }> {
  // The rounds kill processes that they started themselves, so they cannot use servers elsewhere.
  for (const name of ['DATABASE_URL', 'EVENTSTOREDB_URL', 'KAFKA_BROKERS', 'HOLDFAST_E2E']) Reflect.deleteProperty(process.env, name);
  const began = performance.now();
  const random = chances(seed);
  const apart = Math.ceil(rounds / 2);
  const legs = [await leg('services apart, two reservation processes', await startApart(), apart, random)];
  if (rounds > apart) {
    const folder = mkdtempSync(join(tmpdir(), 'holdfast-crash-'));
    chmodSync(folder, 0o755);
    try {
      legs.push(await leg('all in one process', await startAlone(folder), rounds - apart, random));
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }
  const all = legs.flatMap((one) => one.rounds);
  const times = (victim?: string): object => {
    const ms = all.filter((one) => victim === undefined || one.victim === victim).map((one) => Math.round(one.recoveredMs));
    ms.sort((left, right) => left - right);
    return { rounds: ms.length, medianMs: ms[Math.floor(ms.length / 2)] ?? 0, maxMs: ms.at(-1) ?? 0 };
  };
  const faults = legs.flatMap((one) => one.faults);
  const leftPids = legs.flatMap((one) => one.leftPids);
  const slow = all.filter(({ recoveredMs }) => recoveredMs > RECOVERY_MS).length;
  const result = {
    seed,
    rounds: all.length,
    seconds: Math.round((performance.now() - began) / 1_000),
    recovery: times(),
    byVictim: { reservation: times('reservation'), postgres: times('postgres'), standalone: times('standalone') },
    slowerThan5s: slow,
    answers: legs.reduce((sum, one) => sum + one.answers, 0),
    acknowledged: legs.reduce((sum, one) => sum + one.acknowledged, 0),
    lives: legs.map((one) => one.lives),
    faults,
    processesLeft: leftPids.length,
  };
  const isWell = faults.length === 0 && leftPids.length === 0 && (anyRecovery || slow === 0) && result.acknowledged > rounds;
  return { result, isWell };
}

try {
  const options = readCrashOptions(process.argv.slice(2), Date.now() % 1_000_000);
  say(`seed ${String(options.seed)}`);
  const { result, isWell } = await crash(options);
  const text = `${JSON.stringify(result, null, 2)}\n`;
  process.stdout.write(text);
  if (options.json !== undefined) writeFileSync(options.json, text);
  say(
    isWell
      ? 'Proofs: 1 passed, 1 total'
      : `Proofs: 1 failed, 1 total; npm run crash-rounds -- --rounds ${options.rounds} --seed ${options.seed} runs it again`,
  );
  process.exitCode = isWell ? 0 : 1;
} catch (error) {
  process.exitCode = 1;
  say(error instanceof UsageError ? error.message : error instanceof Error ? (error.stack ?? error.message) : String(error));
}
