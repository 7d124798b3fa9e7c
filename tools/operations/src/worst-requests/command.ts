import { isRecord } from '@holdfast/platform';
import { freePort, startHoldfast } from '@holdfast/testing';
import type { Body } from './bodies.js';
import { bodiesFor, BULK_BYTES, PLAIN_BYTES } from './bodies.js';
import type { Cost } from './measure.js';
import { ServerMeter, slowness, TOO_LARGE } from './measure.js';

/** No request may hold the event loop for longer, on a quick machine. */
const MOST_MS = 50;
/** No request may need more memory at once than this many times its body, beyond what the smallest may need. */
const MOST_GROWTH = 20;
const FREE_BYTES = 64 * 1_048_576;

type Json = Readonly<Record<string, unknown>>;
const asObject = (value: unknown): Json => (isRecord(value) ? value : {});

interface Route {
  readonly method: string;
  readonly template: string;
  readonly bodies: (bytes: number) => readonly Body[];
}

interface Measurement extends Cost {
  readonly request: string;
  readonly bytes: number;
  /** Over the bound in time or memory: more than 1. */
  readonly excess: number;
}

function* routesIn(document: Json): Generator<Route> {
  for (const [template, item] of Object.entries(asObject(document['paths'])))
    for (const [method, operation] of Object.entries(asObject(item))) {
      const content = asObject(asObject(asObject(operation)['requestBody'])['content']);
      if (Object.keys(content).length > 0)
        yield { method: method.toUpperCase(), template, bodies: (bytes) => bodiesFor(document, content, bytes) };
    }
}

/** Sends the worst bodies to a route. An empty object goes first, as the first request of a route also loads and compiles code. */
async function* measure(meter: ServerMeter, { method, template, bodies }: Route, slow: number): AsyncGenerator<Measurement> {
  const path = template.replaceAll(/\{\w+\}/g, 'W-1');
  await meter.cost(method, path, 'application/json', '{}');
  const { status } = await meter.cost(method, path, 'application/json', ' '.repeat(BULK_BYTES));
  for (const { kind, contentType, text } of bodies(status === TOO_LARGE ? PLAIN_BYTES : BULK_BYTES)) {
    const cost = await meter.cost(method, path, contentType, text);
    const bytes = Buffer.byteLength(text);
    const excess = Math.max(cost.heldMs / (MOST_MS * slow), cost.grownBytes / (FREE_BYTES + bytes * MOST_GROWTH));
    yield { ...cost, bytes, excess, request: `${method} ${template}: ${kind}` };
  }
}

function lineOf({ excess, heldMs, grownBytes, bytes, status, request }: Measurement): string {
  const figures = `${heldMs.toFixed(0).padStart(5)} ms ${(grownBytes / 1_048_576).toFixed(0).padStart(5)} MiB`;
  return `${excess > 1 ? 'OVER' : 'ok  '} ${figures} for ${(bytes / 1_048_576).toFixed(1)} MiB  ${status}  ${request}\n`;
}

/** Sends the worst bodies to every route of a fresh Holdfast that takes one, and says what each cost. Ends with 1 where one is over. */
async function main(): Promise<void> {
  const port = await freePort();
  const probe = new URL('probe.js', import.meta.url).href;
  const env = { HOLDFAST_LOG_LEVEL: 'error', WORST_REQUESTS_PROBE: String(port), NODE_OPTIONS: `--import ${probe}` };
  const holdfast = await startHoldfast({ env });
  const meter = new ServerMeter(holdfast, `http://127.0.0.1:${port}`);
  const slow = slowness();
  const all: Measurement[] = [];
  try {
    const document = asObject(await (await fetch(`${holdfast.url}/openapi.json`)).json());
    for (const route of routesIn(document))
      for await (const measurement of measure(meter, route, slow)) {
        all.push(measurement);
        process.stdout.write(lineOf(measurement));
      }
  } finally {
    await holdfast.stop();
  }
  const over = all.filter(({ excess }) => excess > 1).sort((one, other) => other.excess - one.excess);
  const bounds = `${MOST_MS} ms of processor time (times ${slow.toFixed(1)} on this machine) or ${MOST_GROWTH} times the body and 64 MiB`;
  process.stdout.write(`\n${over.length} of ${all.length} over ${bounds}${over.length > 0 ? ', worst first:' : ''}\n`);
  over.forEach((measurement) => process.stdout.write(lineOf(measurement)));
  if (over.length > 0) process.exitCode = 1;
}

await main();
