import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import type { Readable } from 'node:stream';
import type { Caller } from '@holdfast/platform';
import { CALLER_HEADER, isRecord, Problem, signCaller } from '@holdfast/platform';
import { Pool } from 'undici';

/** Headers that are not forwarded: of one connection only (RFC 9110 section 7.6.1), or read by the gateway alone. */
const NOT_FORWARDED = new Set([
  'connection',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'expect',
  'host',
  'authorization',
  'x-api-key',
  'cookie',
]);

/** Long enough for a bulk request of 10,000 lines. An event stream sends its headers once it follows the bus, and its body has no time limit. */
const HEADERS_WITHIN_MS = 60_000;
/** For the headers of an answer to a body that is sent piece by piece, counted from its beginning. */
const STREAMED_WITHIN_MS = 600_000;
const CONNECT_WITHIN_MS = 2_000;
/** Well before a service ends a connection (72 s without a request): a request on one that ends just then would be unanswered. */
const KEPT_FOR_MS = 30_000;

/** Faults of making a connection: nothing of the request was sent. */
const NEVER_SENT = new Set(['ECONNREFUSED', 'EHOSTUNREACH', 'ENETUNREACH', 'ENOTFOUND', 'EAI_AGAIN', 'UND_ERR_CONNECT_TIMEOUT']);

/** Thrown for a request that got no answer. */
export class Unanswered extends Error {
  /** `never`: the service cannot have seen it. `perhaps`: whether it was carried out is unknown. */
  readonly seen: 'never' | 'perhaps';
  /** The headers timed out: waiting for another instance to answer would take too long. */
  readonly late: boolean;

  constructor(cause: unknown) {
    super('the service did not answer', { cause });
    this.name = 'Unanswered';
    const code = isRecord(cause) ? String(cause['code']) : '';
    this.seen = NEVER_SENT.has(code) ? 'never' : 'perhaps';
    this.late = code === 'UND_ERR_HEADERS_TIMEOUT';
  }
}

/** What an open route is given besides: its sender's own credential, and the address that the sender called. */
function ofOpenRoute({ headers }: IncomingMessage): Record<string, string | string[]> {
  const { authorization, host } = headers;
  const called = headers['x-forwarded-host'] ?? host;
  return { ...(authorization === undefined ? {} : { authorization }), ...(called === undefined ? {} : { 'x-forwarded-host': called }) };
}

function forwarded(headers: IncomingHttpHeaders): Record<string, string | string[]> {
  const kept: Record<string, string | string[]> = {};
  for (const [name, value] of Object.entries(headers)) if (value !== undefined && !NOT_FORWARDED.has(name)) kept[name] = value;
  return kept;
}

/** Forwards requests to one process of a service over kept connections, and streams the answers back. */
export class HttpProxy {
  private pool: Pool;

  constructor(
    private readonly url: string,
    private readonly secret: string,
  ) {
    this.pool = this.connect();
  }

  /**
   * Resolves when the answer is written, or when the client has left.
   * @param body as it was read, or a stream of it, which can be sent once only
   * @throws Unanswered while nothing is written yet; Problem of reading the body
   */
  async forward(
    request: IncomingMessage,
    body: Buffer | Readable | undefined,
    response: ServerResponse,
    caller: Caller | undefined,
  ): Promise<void> {
    const gone = new AbortController();
    const leave = (): void => gone.abort();
    response.once('close', leave);
    const asked = {
      method: request.method ?? 'GET',
      path: request.url ?? '/',
      headers: {
        ...forwarded(request.headers),
        ...(caller === undefined ? ofOpenRoute(request) : { [CALLER_HEADER]: signCaller(caller, this.secret) }),
      },
      body: body ?? null,
      headersTimeout: Buffer.isBuffer(body) || body === undefined ? HEADERS_WITHIN_MS : STREAMED_WITHIN_MS,
      signal: gone.signal,
    };
    try {
      await this.pool.stream(asked, ({ statusCode, headers }) => {
        response.writeHead(statusCode, forwarded(headers));
        return response;
      });
    } catch (error) {
      if (gone.signal.aborted) return;
      if (response.headersSent) response.destroy();
      else throw error instanceof Problem ? error : new Unanswered(error);
    } finally {
      response.off('close', leave);
    }
  }

  /** Reads JSON of a route that needs no caller. @throws when the service does not answer 200 */
  async read(path: string): Promise<unknown> {
    const { statusCode, body } = await this.pool.request({ method: 'GET', path, headersTimeout: CONNECT_WITHIN_MS });
    if (statusCode === 200) return body.json();
    await body.dump();
    throw new Error(`${path} answered ${statusCode}`);
  }

  /** Ends the requests under way, which then throw Unanswered. Later requests get new connections. */
  async cut(): Promise<void> {
    const former = this.pool;
    this.pool = this.connect();
    await former.destroy();
  }

  close(): Promise<void> {
    return this.pool.destroy();
  }

  /** Closes once all requests under way are answered. */
  retire(): Promise<void> {
    return this.pool.close();
  }

  private connect(): Pool {
    const connections = { keepAliveMaxTimeout: KEPT_FOR_MS, connect: { timeout: CONNECT_WITHIN_MS } };
    return new Pool(this.url, { headersTimeout: HEADERS_WITHIN_MS, bodyTimeout: 0, ...connections });
  }
}
