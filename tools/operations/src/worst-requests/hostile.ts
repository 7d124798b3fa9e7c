import { isRecord } from '@holdfast/platform';
import type { Body } from './bodies.js';
import { bodiesFor, BULK_BYTES, PLAIN_BYTES } from './bodies.js';
import type { Cost, ServerMeter } from './measure.js';
import { TOO_LARGE } from './measure.js';
import { withServer } from './server.js';
import type { Measurement } from './verdict.js';

type Json = Readonly<Record<string, unknown>>;
const asObject = (value: unknown): Json => (isRecord(value) ? value : {});

interface Route {
  readonly method: string;
  readonly template: string;
  readonly bodies: (bytes: number) => readonly Body[];
}

function* routesIn(document: Json): Generator<Route> {
  for (const [template, item] of Object.entries(asObject(document['paths'])))
    for (const [method, operation] of Object.entries(asObject(item))) {
      const content = asObject(asObject(asObject(operation)['requestBody'])['content']);
      if (Object.keys(content).length > 0)
        yield { method: method.toUpperCase(), template, bodies: (bytes) => bodiesFor(document, content, bytes) };
    }
}

/** Sends the worst bodies to a route. An empty object goes first: the first request of a route also loads and compiles code. */
async function measure(meter: ServerMeter, { method, template, bodies }: Route, tell: (one: Measurement) => void): Promise<void> {
  const path = template.replaceAll(/\{\w+\}/g, 'W-1');
  const tellOf = (kind: string, text: string, { heldMs, grownBytes, keptBytes, status }: Cost): void =>
    tell({
      request: `${method} ${template}: ${kind} (${status})`,
      bytes: Buffer.byteLength(text),
      coldMs: undefined,
      warmMs: heldMs,
      afterMs: undefined,
      // A refused body leaves nothing: all counts.
      transientBytes: grownBytes,
      memory: 'all',
      keptBytes,
    });
  tellOf('the first request', '{}', await meter.cost(method, path, 'application/json', '{}'));
  const { status } = await meter.cost(method, path, 'application/json', ' '.repeat(BULK_BYTES));
  for (const { kind, contentType, text } of bodies(status === TOO_LARGE ? PLAIN_BYTES : BULK_BYTES))
    tellOf(kind, text, await meter.cost(method, path, contentType, text));
}

/** Sends the worst bodies to every route of a fresh Holdfast that takes one. @param only measures routes whose method and path hold this text */
export const measureHostile = (only: string, tell: (one: Measurement) => void): Promise<void> =>
  withServer(async (meter, { url }) => {
    const document = asObject(await (await fetch(`${url}/openapi.json`)).json());
    for (const route of routesIn(document)) if (`${route.method} ${route.template}`.includes(only)) await measure(meter, route, tell);
  });
