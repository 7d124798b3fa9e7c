import type { IncomingMessage, ServerResponse } from 'node:http';
import type { VendorSimulator } from '../simulator.js';
import { actOf } from './asked-acts.js';

const MAX_BODY_BYTES = 65_536;
const LOOPBACK = /^(127\.0\.0\.1|localhost)(:\d+)?$/;

/**
 * Answers `POST /{vendor}/{faults|edits|orders|cancellations|refunds|hooks}`: 204, or 200 with what was made. Only JSON is taken, and only under the
 * names of this machine, so that no site open in a browser can ask.
 */
export async function serveAsked(vendors: readonly VendorSimulator[], request: IncomingMessage, response: ServerResponse): Promise<void> {
  const answer = (status: number, body?: object): void => {
    response.writeHead(status, { 'content-type': 'application/json' }).end(body === undefined ? undefined : JSON.stringify(body));
  };
  const { pathname } = new URL(request.url ?? '/', 'http://sandbox');
  const [, name, what = '', ...rest] = pathname.split('/');
  const vendor = vendors.find((one) => one.vendor === name);
  const act = actOf(what);
  if (!LOOPBACK.test(request.headers.host ?? '')) return answer(403, { message: 'ask by 127.0.0.1 or localhost' });
  if (vendor === undefined || act === undefined || rest.length > 0) return answer(404, { message: `nothing answers at ${pathname}` });
  if (request.headers['content-type']?.startsWith('application/json') !== true)
    return answer(415, { message: 'the content type must be application/json' });
  const body = await bodyOf(request);
  if (body === undefined) return answer(413, { message: `at most ${String(MAX_BODY_BYTES)} bytes` });
  try {
    const made = act(vendor, JSON.parse(body));
    answer(made === undefined ? 204 : 200, made);
  } catch (error) {
    // A body that does not fit its schema, or names what the shop does not have.
    answer(400, { message: error instanceof Error ? error.message : String(error) });
  }
}

async function bodyOf(request: IncomingMessage): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > MAX_BODY_BYTES) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
