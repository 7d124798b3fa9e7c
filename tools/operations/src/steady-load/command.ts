import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { setTimeout as sleep } from 'node:timers/promises';
import { Api, unique } from '@holdfast/testing';
import { chances } from '../chances.js';
import { Buyers, disagreements } from '../load/buyers.js';
import { Erp } from '../load/erp.js';
import { stock } from '../load/stock.js';
import { coursesOf, type Course } from './flatness.js';
import { sample, type Sample } from './samples.js';
import { startSubject, type Sampled } from './subject.js';

// Puts a steady load on every service in a process of its own, on Kafka, EventStoreDB's protocol and Postgres, and says whether memory,
// sockets and file handles of each stay as they are.

const USAGE = `npm run steady-load -- [options]
  --minutes M      default 60; a shorter run than 9 samples is not judged
  --per-second R   orders, default 50
  --json OUT       writes the samples there`;
const SKUS = 200;
const UNITS = 1_000_000;
/** Acknowledged reservations that are read again at the end, newest first. */
const ASKED_AGAIN = 200;
const SAMPLE_EVERY_MS = 60_000;
/** An order of one buyer and its pause, on average. */
const BUYER_EVERY_MS = 200;
const SEED = 1;
const MB = 1_048_576;

interface Samples {
  readonly process: Sampled;
  readonly samples: readonly Sample[];
  readonly courses: readonly Course[];
}

const say = (line: string): void => void process.stderr.write(`${line}\n`);

async function steadyLoad(minutes: number, perSecond: number, signal: AbortSignal): Promise<{ result: object; isWell: boolean }> {
  say('starting the engines and every service as a process of its own');
  const subject = await startSubject();
  try {
    const api = new Api(subject.url, subject.key);
    const stocked = await stock(api, { skus: SKUS, units: UNITS });
    const random = chances(SEED);
    const erp = new Erp(stocked, random, UNITS);
    const buyers = new Buyers(api, stocked.skus, unique('buyer'), random, Math.ceil((perSecond * BUYER_EVERY_MS) / 1_000), BUYER_EVERY_MS);
    erp.start(api);
    const series = subject.processes.map((process) => ({ process, samples: [] as Sample[] }));
    const began = performance.now();
    for (let minute = 1; minute <= minutes && !signal.aborted; minute += 1) {
      await sleep(Math.max(0, began + minute * SAMPLE_EVERY_MS - performance.now()), undefined, { signal }).catch(() => undefined);
      for (const { process, samples } of series) samples.push(await sample(process.pid, process.url));
      say(progress(minute, minutes, buyers.answers, series));
    }
    const seconds = (performance.now() - began) / 1_000;
    await Promise.all([buyers.stop(), erp.stop()]);
    const faults = [...buyers.wrong, ...erp.wrong, ...(await disagreements(api, buyers.acknowledged.slice(-ASKED_AGAIN)))];
    const judged: readonly Samples[] = series.map((one) => ({ ...one, courses: coursesOf(one.samples) }));
    say(tableOf(judged));
    for (const fault of faults) say(`FAULT ${fault}`);
    const isFlat = judged.every(({ courses }) => courses.every((course) => course.isFlat));
    const result = { minutes, seconds: Math.round(seconds), answersPerSecond: buyers.answers / seconds, isFlat, faults, processes: judged };
    return { result, isWell: isFlat && faults.length === 0 };
  } finally {
    await subject.stop();
  }
}

function progress(minute: number, minutes: number, answers: number, series: readonly Omit<Samples, 'courses'>[]): string {
  const heaps = series.map(({ process, samples }) => `${process.name} ${((samples.at(-1)?.heapBytes ?? 0) / MB).toFixed(0)}`);
  return `minute ${String(minute)}/${String(minutes)}, ${String(answers)} answers; heap in MB: ${heaps.join(', ')}`;
}

/** The second and the last third of the run, side by side. */
function tableOf(judged: readonly Samples[]): string {
  const shown = ({ figure, middle, end, isFlat }: Course): string => {
    const of = (value: number): string => (figure.endsWith('Bytes') ? `${(value / MB).toFixed(0)} MB` : String(value));
    return `${figure} ${of(middle)} → ${of(end)}${isFlat ? '' : ' GROWS'}`;
  };
  return judged
    .map(({ process, courses }) => `${process.name}: ${courses.length === 0 ? 'too short to judge' : courses.map(shown).join(', ')}`)
    .join('\n');
}

const interrupted = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => interrupted.abort());

function positive(name: string, text: string): number {
  const value = Number(text);
  if (value > 0) return value;
  say(`--${name} must be a number above 0, not ${text}\n\n${USAGE}`);
  process.exit(2);
}

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '60' },
    'per-second': { type: 'string', default: '50' },
    json: { type: 'string' },
    help: { type: 'boolean', default: false },
  },
});
if (values.help) {
  process.stdout.write(`${USAGE}\n`);
} else {
  const minutes = Math.ceil(positive('minutes', values.minutes));
  const { result, isWell } = await steadyLoad(minutes, positive('per-second', values['per-second']), interrupted.signal);
  const text = `${JSON.stringify(result, null, 2)}\n`;
  if (values.json !== undefined) writeFileSync(values.json, text);
  say(isWell ? 'Proofs: 1 passed, 1 total' : 'Proofs: 1 failed, 1 total');
  process.exitCode = isWell ? 0 : 1;
}
