import { writeFileSync } from 'node:fs';
import { Ending } from '@holdfast/testing';
import { chances } from '../chances.js';
import { UsageError } from '../command-line.js';
import { readRoundOptions, type RoundOptions } from '../round-options.js';
import { Connectors } from './connectors.js';
import { runRounds, type Round } from './rounds.js';
import { ShopUnderAudit } from './shops.js';

// Two processes of the channel connector tell five simulated vendors. One of them is killed, or stopped for longer than its leases, in the
// middle of a sync; after each round every vendor must show every newest figure.

const ROUNDS = 10;
const LISTINGS = 10_000;
const MAPPINGS_PER_CALL = 5_000;

const say = (line: string): void => void process.stderr.write(`${line}\n`);

interface ChannelRoundOptions extends RoundOptions {
  readonly listings: number;
}

/** Reads the options of every command with rounds, and `--listings N`. @throws UsageError */
function readOptions(words: readonly string[]): ChannelRoundOptions {
  const at = words.indexOf('--listings');
  const listings = at === -1 ? LISTINGS : Number(words[at + 1]);
  if (!Number.isInteger(listings) || listings < 1) throw new UsageError('--listings needs a whole number above 0');
  const others = at === -1 ? words : [...words.slice(0, at), ...words.slice(at + 2)];
  return { ...readRoundOptions(others, { rounds: ROUNDS, seed: Date.now() % 1_000_000 }, ' --listings N'), listings };
}

async function run({ rounds, seed, listings }: ChannelRoundOptions): Promise<{ readonly result: object; readonly isWell: boolean }> {
  const began = performance.now();
  const skus = Array.from({ length: listings }, (_none, index) => `S${String(index)}`);
  const shops = await ShopUnderAudit.startAll();
  const ending = new Ending(say);
  let done: readonly Round[];
  let left: readonly number[];
  try {
    const connectors = await Connectors.start();
    ending.stops(connectors);
    try {
      for (const shop of shops) await connect(connectors, shop, skus);
      done = await runRounds({ connectors, shops, skus, random: chances(seed), say }, rounds);
    } finally {
      left = await connectors.stop();
    }
  } finally {
    await Promise.all(shops.map(({ simulator }) => simulator.close()));
  }
  const faults = done.flatMap((round) => round.faults);
  const times = done.map(({ settledMs }) => Math.round(settledMs)).sort((one, other) => one - other);
  const result = {
    seed,
    listings,
    rounds: done.length,
    seconds: Math.round((performance.now() - began) / 1_000),
    settled: { medianMs: times[Math.floor(times.length / 2)] ?? 0, maxMs: times.at(-1) ?? 0 },
    olderSentByStoppedProcesses: done.reduce((sum, { older }) => sum + older, 0),
    faults,
    processesLeft: left.length,
  };
  return { result, isWell: faults.length === 0 && left.length === 0 && done.length === rounds };
}

async function connect(connectors: Connectors, shop: ShopUnderAudit, skus: readonly string[]): Promise<void> {
  const { vendor, account } = shop.simulator;
  const path = `/sales-channel/channels/${vendor}`;
  const locations = account.locations?.map(({ remoteId }) => ({ locationId: 'MAIN', remoteId }));
  // Every figure goes in a call that the audit can read.
  const unfed = vendor === 'amazon' || vendor === 'walmart' ? { feedFrom: 1_000_000 } : {};
  await connectors.put(path, {
    provider: vendor,
    ...account,
    settings: { ...account.settings, ...unfed },
    ...(locations === undefined ? {} : { locations }),
  });
  const mappings = shop.list(skus);
  for (let from = 0; from < mappings.length; from += MAPPINGS_PER_CALL)
    await connectors.put(`${path}/mappings`, { mappings: mappings.slice(from, from + MAPPINGS_PER_CALL) });
}

try {
  const options = readOptions(process.argv.slice(2));
  say(`seed ${String(options.seed)}`);
  const { result, isWell } = await run(options);
  const text = `${JSON.stringify(result, null, 2)}\n`;
  process.stdout.write(text);
  if (options.json !== undefined) writeFileSync(options.json, text);
  const again = `npm run channel-rounds -- --rounds ${String(options.rounds)} --listings ${String(options.listings)} --seed ${String(options.seed)}`;
  say(isWell ? 'Proofs: 1 passed, 1 total' : `Proofs: 1 failed, 1 total; ${again} runs it again`);
  process.exitCode = isWell ? 0 : 1;
} catch (error) {
  process.exitCode = 1;
  say(error instanceof UsageError ? error.message : error instanceof Error ? (error.stack ?? error.message) : String(error));
}
