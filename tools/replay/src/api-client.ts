import { setTimeout as sleep } from 'node:timers/promises';
import { Pool } from 'undici';

export interface Answer {
  readonly status: number;
  readonly body: unknown;
}

export interface ApiClientOptions {
  readonly url: string;
  readonly key: string;
  readonly connections: number;
  /** How long a request is tried again while Holdfast is away or busy. */
  readonly patienceMs: number;
  /** Of the keyed requests this share is sent twice. */
  readonly twice: () => boolean;
}

/** Answers of a Holdfast that is away or busy for the moment. */
const PASSING = new Set([429, 502, 503]);

const METRICS_PATH = '/metrics';

/** Talks to Holdfast as any storefront would: keyed writes, sent again while the outcome is unknown. */
export class ApiClient {
  private readonly pool: Pool;
  repeats = 0;
  /** Repeats whose answer differed from the first. */
  readonly differingRepeats: string[] = [];

  constructor(private readonly options: ApiClientOptions) {
    this.pool = new Pool(options.url, { connections: options.connections, bodyTimeout: 60_000, headersTimeout: 60_000 });
  }

  get(path: string): Promise<Answer> {
    return this.persist('GET', path, undefined, undefined);
  }

  put(path: string, body: unknown): Promise<Answer> {
    return this.persist('PUT', path, body, undefined);
  }

  /** Sends a write under a key; sometimes twice, and then both answers must be the same. */
  async post(path: string, body: unknown, key: string): Promise<Answer> {
    const first = await this.persist('POST', path, body, key);
    if (this.options.twice()) {
      this.repeats += 1;
      const second = await this.persist('POST', path, body, key);
      if (second.status !== first.status || comparable(second.body) !== comparable(first.body)) {
        this.differingRepeats.push(`${path} ${key}: ${String(first.status)} then ${String(second.status)}`);
      }
    }
    return first;
  }

  /** Sum of a metric over all its labels; 0 where it is not shown. Asked again while Holdfast is away. */
  async metric(name: string): Promise<number> {
    const text = await this.untilTaken(`GET ${METRICS_PATH}`, () => this.metrics());
    const lines = text.split('\n').filter((line) => line.startsWith(`${name} `) || line.startsWith(`${name}{`));
    return lines.reduce((sum, line) => sum + Number(line.slice(line.lastIndexOf(' ') + 1)), 0);
  }

  async close(): Promise<void> {
    await this.pool.destroy();
  }

  private persist(method: 'GET' | 'POST' | 'PUT', path: string, body: unknown, key: string | undefined): Promise<Answer> {
    return this.untilTaken(`${method} ${path}`, async () => {
      const answer = await this.send(method, path, body, key);
      if (PASSING.has(answer.status)) throw new Error(JSON.stringify(answer));
      return answer;
    });
  }

  /** Tries again what fails, with growing pauses, within the client's patience. */
  private async untilTaken<Result>(what: string, work: () => Promise<Result>): Promise<Result> {
    const deadline = performance.now() + this.options.patienceMs;
    for (let pauseMs = 50; ; pauseMs = Math.min(pauseMs * 2, 2_000)) {
      try {
        return await work();
      } catch (error) {
        if (performance.now() > deadline) throw new Error(`${what} got no answer: ${String(error)}`, { cause: error });
      }
      await sleep(pauseMs);
    }
  }

  private async metrics(): Promise<string> {
    const headers = { authorization: `Bearer ${this.options.key}` };
    const { statusCode, body } = await this.pool.request({ method: 'GET', path: METRICS_PATH, headers });
    const text = await body.text();
    if (statusCode !== 200) throw new Error(`${String(statusCode)} ${text}`);
    return text;
  }

  private async send(method: 'GET' | 'POST' | 'PUT', path: string, body: unknown, key: string | undefined): Promise<Answer> {
    const response = await this.pool.request({
      method,
      path,
      headers: {
        authorization: `Bearer ${this.options.key}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(key === undefined ? {} : { 'idempotency-key': key }),
      },
      body: body === undefined ? null : JSON.stringify(body),
    });
    const text = await response.body.text();
    return { status: response.statusCode, body: text === '' ? null : (JSON.parse(text) as unknown) };
  }
}

/** Everything of an answer but the id of the request that it answers. */
const comparable = (body: unknown): string => JSON.stringify(body, (name, value: unknown) => (name === 'requestId' ? undefined : value));

/** The answer's body, or an error that says what was refused. */
export function expectStatus<Body>(answer: Answer, what: string, ...statuses: readonly number[]): Body {
  if (!statuses.includes(answer.status)) throw new Error(`${what}: ${String(answer.status)} ${JSON.stringify(answer.body)}`);
  return answer.body as Body;
}
