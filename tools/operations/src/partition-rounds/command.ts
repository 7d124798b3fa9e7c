import { writeFileSync } from 'node:fs';
import { chances } from '../chances.js';
import { UsageError } from '../command-line.js';
import { connect } from '../connect.js';
import { readRoundOptions, type RoundOptions } from '../round-options.js';
import { withCluster } from './cluster.js';
import { removeLeftNamespaces } from './network/network.js';
import { whyImpossible } from './network/possible.js';
import { runRounds } from './rounds.js';
import { planRounds } from './schedule.js';
import { tableOf } from './table.js';

// Cuts the network between the processes of Holdfast and its engines under load, and checks after each cut that nothing was lost or done
// twice. Each of them runs in a network namespace of its own.

const ROUNDS = 20;

const say = (line: string): void => void process.stderr.write(`${line}\n`);

async function partition({ rounds, seed }: RoundOptions, signal: AbortSignal): Promise<{ result: object; isWell: boolean }> {
  const left = await removeLeftNamespaces();
  if (left.length > 0) say(`removed ${String(left.length)} namespaces of a run that was killed`);
  say('starting every node in a namespace of its own');
  const began = performance.now();
  const finished = await withCluster(async (cluster) => {
    const runtime = await connect({ ...process.env, ...cluster.engines });
    try {
      return await runRounds(planRounds(rounds, chances(seed)), { cluster, runtime, random: chances(seed + 1), signal, say });
    } finally {
      await runtime.stop();
    }
  });
  say(tableOf(finished.rounds));
  const faults = finished.rounds.flatMap((round) => round.faults);
  const recovered = finished.rounds.map(({ recoveredMs }) => Math.round(recoveredMs)).sort((one, other) => one - other);
  const result = {
    seed,
    seconds: Math.round((performance.now() - began) / 1_000),
    recovery: { medianMs: recovered[Math.floor(recovered.length / 2)] ?? 0, maxMs: recovered.at(-1) ?? 0 },
    acknowledged: finished.acknowledged,
    unanswered: finished.unanswered,
    faults,
    rounds: finished.rounds,
  };
  return { result, isWell: faults.length === 0 && finished.acknowledged > rounds };
}

const interrupted = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => interrupted.abort(new Error(`ended by ${signal}`)));

try {
  const options = readRoundOptions(process.argv.slice(2), { rounds: ROUNDS, seed: Date.now() % 1_000_000 });
  const reason = await whyImpossible();
  if (reason !== undefined) {
    say(`SKIPPED: partition rounds: ${reason}`);
  } else {
    say(`seed ${String(options.seed)}`);
    const { result, isWell } = await partition(options, interrupted.signal);
    const text = `${JSON.stringify(result, null, 2)}\n`;
    process.stdout.write(text);
    if (options.json !== undefined) writeFileSync(options.json, text);
    const again = `npm run partition-rounds -- --rounds ${String(options.rounds)} --seed ${String(options.seed)}`;
    say(isWell ? 'Proofs: 1 passed, 1 total' : `Proofs: 1 failed, 1 total; ${again} runs it again`);
    process.exitCode = isWell ? 0 : 1;
  }
} catch (error) {
  process.exitCode = 1;
  if (interrupted.signal.aborted) say('interrupted; everything was removed');
  else say(error instanceof UsageError ? error.message : error instanceof Error ? (error.stack ?? error.message) : String(error));
}
