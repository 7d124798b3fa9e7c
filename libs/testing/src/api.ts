import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { fetchDescribed } from './described-answers.js';

export interface ApiAnswer {
  readonly status: number;
  readonly headers: Headers;
  /** Parsed JSON, or the text where it is none. */
  readonly body: unknown;
}

/** Requests of one caller. */
export class Api {
  constructor(
    private readonly url: string,
    private readonly key: string | undefined,
    private readonly headers: Readonly<Record<string, string>> = {},
  ) {}

  with(headers: Readonly<Record<string, string>>): Api {
    return new Api(this.url, this.key, { ...this.headers, ...headers });
  }

  /** The same address as another caller. */
  as(key: string | undefined): Api {
    return new Api(this.url, key, this.headers);
  }

  get = (path: string): Promise<ApiAnswer> => this.send('GET', path);
  delete = (path: string): Promise<ApiAnswer> => this.send('DELETE', path);
  post = (path: string, body?: unknown): Promise<ApiAnswer> => this.send('POST', path, body);
  put = (path: string, body?: unknown): Promise<ApiAnswer> => this.send('PUT', path, body);

  /** @param body sent as it is when it is a string */
  async send(method: string, path: string, body?: unknown): Promise<ApiAnswer> {
    const response = await fetchDescribed(this.url, path, {
      method,
      headers: {
        ...(this.key === undefined ? {} : { authorization: `Bearer ${this.key}` }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...this.headers,
      },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    return { status: response.status, headers: response.headers, body: parsed(await response.text()) };
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}

/** A name that no other test uses, on engines that several tests share. */
export const unique = (name: string): string => `${name}-${randomBytes(8).toString('hex')}`;

const PASSING = new Set([429, 503]);
const PASSES_WITHIN_MS = 60_000;
const ASK_AGAIN_MS = 200;

/**
 * The body of an answer of success. What Holdfast cannot answer now is asked again, as every client does: under heavy load a request may
 * wait too long for a connection to the database, which is 503.
 * @param ask a request that may be repeated @throws with any other answer
 */
export async function answered<Body>(ask: () => Promise<ApiAnswer>): Promise<Body> {
  for (const deadline = Date.now() + PASSES_WITHIN_MS; ; await sleep(ASK_AGAIN_MS)) {
    const { status, body } = await ask();
    if (status < 300) return body as Body;
    if (!PASSING.has(status) || Date.now() > deadline) throw new Error(`${String(status)} ${JSON.stringify(body)}`);
  }
}

/** Asks until the answer satisfies, and returns it. @throws with the last answer when it never does */
export async function eventually<Value>(
  ask: () => Promise<Value>,
  satisfies: (value: Value) => boolean,
  withinMs = 120_000,
  everyMs = 50,
): Promise<Value> {
  const deadline = Date.now() + withinMs;
  for (;;) {
    const value = await ask();
    if (satisfies(value)) return value;
    if (Date.now() > deadline) throw new Error(`not within ${String(withinMs)} ms; last: ${String(JSON.stringify(value)).slice(0, 2_000)}`);
    await sleep(everyMs);
  }
}
