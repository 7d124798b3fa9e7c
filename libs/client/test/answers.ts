import { Holdfast, type HoldfastOptions } from '../src/index.js';

export interface Sent {
  readonly url: string;
  readonly method: string;
  readonly headers: Headers;
  readonly body: unknown;
}

/** A stream of server-sent events; what becomes of it after them. */
export interface GivenEvents {
  readonly events: readonly string[];
  readonly then: 'ends' | 'breaks' | 'stays';
}

export interface Given {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

/** How a request is answered: an answer, a connection that breaks, or never. */
export type Behaviour = Given | GivenEvents | 'broken' | 'silent';

const JSON_TYPE = { 'content-type': 'application/json; charset=utf-8' };

function answer({ status = 200, headers = {}, body }: Given): Response {
  const empty = body === undefined || status === 204;
  return new Response(empty ? null : JSON.stringify(body), { status, headers: { ...(empty ? {} : JSON_TYPE), ...headers } });
}

function streamOf({ events, then }: GivenEvents, signal: AbortSignal | null | undefined): Response {
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      for (const event of events) controller.enqueue(new TextEncoder().encode(event));
      if (then === 'ends') controller.close();
      signal?.addEventListener('abort', () => controller.error(new DOMException('aborted', 'AbortError')));
    },
    pull(controller) {
      if (then === 'breaks') controller.error(new TypeError('terminated'));
    },
  });
  return new Response(body, { headers: { 'content-type': 'text/event-stream' } });
}

const never = (signal: AbortSignal | null | undefined): Promise<never> =>
  new Promise((_, reject) => signal?.addEventListener('abort', () => reject(new DOMException('aborted', 'AbortError'))));

/** A client whose requests are answered as told, one after the other; waits take no time but are noted. */
export function clientOf(behaviours: readonly Behaviour[], options: Partial<HoldfastOptions> = { key: 'hf_key' }) {
  const sent: Sent[] = [];
  const waits: number[] = [];
  const left = [...behaviours];
  let now = 1_700_000_000_000;
  const send: typeof fetch = async (url, init) => {
    const body: unknown = typeof init?.body === 'string' && init.body.startsWith('{') ? JSON.parse(init.body) : init?.body;
    sent.push({ url: String(url), method: init?.method ?? 'GET', headers: new Headers(init?.headers), body });
    const next = left.shift() ?? { status: 500, body: { code: 'nothing_told', error: 'the spec told no answer' } };
    if (next === 'broken') throw new TypeError('fetch failed');
    if (next === 'silent') return never(init?.signal);
    return 'events' in next ? streamOf(next, init?.signal) : answer(next);
  };
  const surroundings = {
    now: () => now,
    random: () => 0.5,
    wait: async (ms: number) => {
      waits.push(ms);
      now += ms;
    },
  };
  const holdfast = new Holdfast({ url: 'http://holdfast.test', fetch: send, ...options }, surroundings);
  return { holdfast, sent, waits };
}

export const problem = (status: number, code: string, more: Given = {}): Given => ({
  status,
  body: { error: 'A sentence', code, details: [], requestId: 'r-1', ...(more.body as object | undefined) },
  ...(more.headers === undefined ? {} : { headers: more.headers }),
});
