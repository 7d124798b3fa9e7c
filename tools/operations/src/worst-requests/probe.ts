import { closeSync, openSync, readSync } from 'node:fs';
import { createServer } from 'node:http';
import { getHeapSpaceStatistics, getHeapStatistics, setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

// The tool loads this into the server (`node --import`); it answers what was measured since it was asked before, and begins anew.

/** The event loop is looked at this often; it serves others at least as often while nothing holds it. */
const EVERY_MS = 1;

/** What the server's thread needed since the probe was asked before. */
export interface Measured {
  /** Longest time that the event loop's thread computed without serving its timers, milliseconds of processor time. */
  readonly heldMs: number;
  /** Most memory of values and buffers at once beyond what was there at the beginning, bytes. */
  readonly grownBytes: number;
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

function serveMeasures(port: number): void {
  const clock = processorClock();
  const collect = collector();
  let seenMs = clock();
  let startBytes = memoryBytes();
  let heldMs = 0;
  let mostBytes = startBytes;
  const look = (): void => {
    const nowMs = clock();
    heldMs = Math.max(heldMs, nowMs - seenMs);
    seenMs = nowMs;
    mostBytes = Math.max(mostBytes, memoryBytes());
  };
  setInterval(look, EVERY_MS).unref();
  const server = createServer((_, response) => {
    look();
    const measured: Measured = { heldMs, grownBytes: mostBytes - startBytes };
    collect();
    startBytes = mostBytes = memoryBytes();
    heldMs = 0;
    seenMs = clock();
    response.setHeader('content-type', 'application/json').end(JSON.stringify(measured));
  });
  server.listen(port, '127.0.0.1').unref();
}

serveMeasures(Number(process.env['WORST_REQUESTS_PROBE']));
