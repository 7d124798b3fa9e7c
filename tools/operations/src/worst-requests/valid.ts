import { isRecord } from '@holdfast/platform';
import type { Answered, ServerMeter } from './measure.js';
import { withServer } from './server.js';
import type { Request, ValidRequest } from './valid-requests.js';
import { VALID_REQUESTS } from './valid-requests.js';
import type { Measurement } from './verdict.js';

const WARM_ROUNDS = 2;

/** Sends a request. @throws where it, or one of its lines, was refused: the measurement would be of nothing */
async function sent(meter: ServerMeter, { method, path, body }: Request): Promise<void> {
  const answered = await meter.send(method, path, body?.contentType, body?.text);
  if (answered.status >= 300 || hasFailures(answered))
    throw new Error(`${method} ${path}: ${answered.status} ${answered.text.slice(0, 500)}`);
}

function hasFailures({ text }: Answered): boolean {
  const answer: unknown = JSON.parse(text);
  if (!isRecord(answer)) return false;
  const { summary, rejected } = answer;
  return (isRecord(summary) && summary['failed'] !== 0) || (Array.isArray(rejected) && rejected.length > 0);
}

/** The first round on a fresh server is cold; the longest hold of those after it is told; the last is measured for memory. */
const measure = ({ name, before = [], beforeRound, request }: ValidRequest, tell: (one: Measurement) => void): Promise<void> =>
  withServer(async (meter) => {
    for (const one of before) {
      await sent(meter, one);
      await meter.calm();
    }
    const round = async (number: number, collecting: boolean) => {
      for (const one of beforeRound?.(number) ?? []) await sent(meter, one);
      await meter.calm();
      return meter.wholeCost(() => sent(meter, request(number)), collecting);
    };
    const cold = await round(1, false);
    const warm = [];
    for (let number = 0; number < WARM_ROUNDS; number += 1) warm.push(await round(2 + number, false));
    const { grownBytes, keptBytes } = await round(2 + WARM_ROUNDS, true);
    const { method, path, body } = request(1);
    tell({
      request: `${method} ${path}: ${name}`,
      bytes: Buffer.byteLength(body?.text ?? ''),
      coldMs: cold.heldMs,
      warmMs: Math.max(...warm.map(({ heldMs }) => heldMs)),
      afterMs: Math.max(...[cold, ...warm].map(({ heldAfterMs }) => heldAfterMs)),
      transientBytes: grownBytes - Math.max(0, keptBytes),
      memory: 'alive',
      keptBytes,
    });
  });

/** Sends the largest request that each route with many lines accepts, to a fresh Holdfast each. @param only measures those whose method, path and name hold this text */
export async function measureValid(only: string, tell: (one: Measurement) => void): Promise<void> {
  for (const one of VALID_REQUESTS) {
    const { method, path } = one.request(1);
    if (`${method} ${path}: ${one.name}`.includes(only)) await measure(one, tell);
  }
}
