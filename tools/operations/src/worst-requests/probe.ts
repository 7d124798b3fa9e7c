import { closeSync, openSync, readSync } from 'node:fs';
import { createServer } from 'node:http';
import { getHeapSpaceStatistics, getHeapStatistics, setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

// The tool loads this into the server (`node --import`).

/** The event loop is looked at this often; it serves others at least as often while nothing holds it. */
const EVERY_MS = 1;

/** What the server's thread needed since the measurement began. */
export interface Measured {
  /** Longest time that the event loop's thread computed without serving its timers, milliseconds of processor time. */
  readonly heldMs: number;
  /** Most memory of values and buffers at once beyond what was there at the beginning, bytes. With garbage, but where it is collected. */
  readonly grownBytes: number;
  /** Of it, what is still there now that garbage was collected: stored state, caches. */
  readonly keptBytes: number;
}

/**
 * Milliseconds for which the main thread has computed. Other processes of a busy machine do not count, as they do on a clock; where Linux
 * does not say, a clock must do.
 */
function processorClock(): () => number {
  try {
    const file = openSync(`/proc/self/task/${process.pid}/schedstat`, 'r');
    process.once('exit', () => closeSync(file));
    const text = Buffer.alloc(64);
    return () => {
      readSync(file, text, 0, text.length, 0);
      return Number(text.toString('latin1', 0, text.indexOf(' '))) / 1e6;
    };
  } catch {
    return () => performance.now();
  }
}

function collector(): () => void {
  setFlagsFromString('--expose-gc');
  return runInNewContext('gc') as () => void;
}

/** Values and buffers. Not the nursery: what is new lies there, however little of it is in use, until it is full. */
function memoryBytes(): number {
  const kept = getHeapSpaceStatistics().filter(({ space_name: name }) => name !== 'new_space');
  return kept.reduce((bytes, { space_used_size: used }) => bytes + used, getHeapStatistics().external_memory);
}

/** Of what computes for so long, the memory is looked at once more by then, where it is collected before. */
const COLLECT_EVERY_MS = 40;

class Probe {
  private readonly clock = processorClock();
  private readonly collect = collector();
  private collecting = false;
  private seenMs = 0;
  private heldMs = 0;
  private collectedMs = 0;
  private startBytes = 0;
  private mostBytes = 0;

  constructor() {
    setInterval(() => this.look(), EVERY_MS).unref();
  }

  readonly computedMs = (): number => this.clock();

  begin(collecting: boolean): void {
    this.collecting = collecting;
    this.collect();
    this.startBytes = this.mostBytes = memoryBytes();
    this.heldMs = 0;
    this.seenMs = this.collectedMs = this.clock();
  }

  /** The longest hold so far; what comes counts as the next. */
  held(): number {
    this.look();
    const { heldMs } = this;
    this.heldMs = 0;
    return heldMs;
  }

  measured(): Measured {
    this.look();
    const { heldMs, mostBytes, startBytes } = this;
    this.collect();
    return { heldMs, grownBytes: mostBytes - startBytes, keptBytes: memoryBytes() - startBytes };
  }

  private look(): void {
    const nowMs = this.clock();
    this.heldMs = Math.max(this.heldMs, nowMs - this.seenMs);
    if (!this.collecting) this.mostBytes = Math.max(this.mostBytes, memoryBytes());
    else if (nowMs - this.collectedMs >= COLLECT_EVERY_MS) this.collectAndLook();
    this.seenMs = this.clock();
  }

  private collectAndLook(): void {
    this.collect();
    this.mostBytes = Math.max(this.mostBytes, memoryBytes());
    this.collectedMs = this.clock();
  }
}

/** Answers `/computed` and `/held`, and measures from `/begin` (or `/begin-collecting`) to `/measured`. */
function serveMeasures(port: number): void {
  const probe = new Probe();
  const answers: Readonly<Record<string, () => unknown>> = {
    '/begin': () => probe.begin(false),
    '/begin-collecting': () => probe.begin(true),
    '/held': () => probe.held(),
    '/measured': () => probe.measured(),
    '/computed': () => probe.computedMs(),
  };
  const server = createServer(({ url = '' }, response) => {
    const answer = answers[url]?.() ?? null;
    response.setHeader('content-type', 'application/json').end(JSON.stringify(answer));
  });
  server.listen(port, '127.0.0.1').unref();
}

serveMeasures(Number(process.env['WORST_REQUESTS_PROBE']));
