import { isRecord } from '@holdfast/platform';
import { startHoldfast } from '@holdfast/testing';
import { bodiesFor } from './bodies.js';
import { ServerMeter, slowness } from './measure.js';

/** No request may hold the event loop for longer, on a quiet machine. */
const MOST_MS = 50;
/** No request may make the process grow by more of its body; the first of a kind also loads code. */
const MOST_GROWTH = 20;
const FREE_BYTES = 64 * 1_048_576;

type Json = Readonly<Record<string, unknown>>;
const asObject = (value: unknown): Json => (isRecord(value) ? value : {});

/** Sends the worst bodies to every route of a fresh Holdfast that takes one, and says what each cost. Ends with 1 where one is over. */
async function main(): Promise<void> {
  const holdfast = await startHoldfast({ env: { HOLDFAST_LOG_LEVEL: 'error' } });
  const meter = new ServerMeter(holdfast);
  let over = 0;
  try {
    const document = asObject(await (await fetch(`${holdfast.url}/openapi.json`)).json());
    for (const [template, item] of Object.entries(asObject(document['paths'])))
      for (const [method, operation] of Object.entries(asObject(item))) {
        const content = asObject(asObject(asObject(operation)['requestBody'])['content']);
        const path = template.replaceAll(/\{\w+\}/g, 'W-1');
        for (const { kind, contentType, text } of Object.keys(content).length === 0 ? [] : bodiesFor(document, content)) {
          const { status, standstillMs, grownBytes } = await meter.cost(method.toUpperCase(), path, contentType, text);
          const isOver = standstillMs > MOST_MS * slowness() || grownBytes > Math.max(FREE_BYTES, text.length * MOST_GROWTH);
          if (isOver) over += 1;
          const figures = `${standstillMs.toFixed(0).padStart(6)} ms ${(grownBytes / 1_048_576).toFixed(0).padStart(5)} MiB`;
          process.stdout.write(
            `${isOver ? 'OVER' : 'ok  '} ${figures}  ${status}  ${method.toUpperCase()} ${template}: ${kind}, ${text.length} bytes\n`,
          );
        }
      }
  } finally {
    await holdfast.stop();
  }
  process.stdout.write(`${over} over ${MOST_MS} ms (times ${slowness().toFixed(1)}) or ${MOST_GROWTH} times the body\n`);
  if (over > 0) process.exitCode = 1;
}

await main();
