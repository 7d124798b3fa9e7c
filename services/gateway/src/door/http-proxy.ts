import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import type { Caller } from '@holdfast/platform';
import { CALLER_HEADER, Problem, signCaller } from '@holdfast/platform';
import type { Dispatcher } from 'undici';
import { Pool } from 'undici';

/** Of one connection only (RFC 9110 section 7.6.1), or no business of a service. */
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

/** A bulk request of 10,000 lines may take its time; a reader of events gets headers at once and is then left alone. */
const HEADERS_WITHIN_MS = 60_000;
const CONNECT_WITHIN_MS = 2_000;

const tooLarge = (): Problem => new Problem(413, 'body_too_large', 'The request body is over the limit');

const unavailable = (cause: unknown): Problem =>
  new Problem(503, 'upstream_unavailable', 'The service behind this route does not answer; send the same request again', {
    headers: { 'retry-after': '1' },
    cause,
  });

function forwarded(headers: IncomingHttpHeaders): Record<string, string | string[]> {
  const kept: Record<string, string | string[]> = {};
  for (const [name, value] of Object.entries(headers)) if (value !== undefined && !NOT_FORWARDED.has(name)) kept[name] = value;
  return kept;
}

async function* limited(request: IncomingMessage, limitBytes: number): AsyncGenerator<Uint8Array> {
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Uint8Array>) {
    bytes += chunk.byteLength;
    if (bytes > limitBytes) throw tooLarge();
    yield chunk;
  }
}

/** Streams requests to a service in another process over kept connections, and its answers back. */
export class HttpProxy {
  private readonly pool: Pool;

  constructor(
    url: string,
    private readonly secret: string,
    private readonly bodyLimitBytes: number,
  ) {
    this.pool = new Pool(url, { headersTimeout: HEADERS_WITHIN_MS, bodyTimeout: 0, connect: { timeout: CONNECT_WITHIN_MS } });
  }

  /** Resolves when the answer is written. @throws Problem 413 `body_too_large`, 503 `upstream_unavailable`, while nothing is written yet */
  async forward(request: IncomingMessage, response: ServerResponse, caller: Caller): Promise<void> {
    if (Number(request.headers['content-length'] ?? 0) > this.bodyLimitBytes) throw tooLarge();
    const gone = new AbortController();
    response.once('close', () => gone.abort());
    try {
      await this.pool.stream(this.asked(request, caller, gone.signal), ({ statusCode, headers }) => {
        response.writeHead(statusCode, forwarded(headers));
        return response;
      });
    } catch (error) {
      if (gone.signal.aborted) return;
      if (response.headersSent) response.destroy();
      else throw error instanceof Problem ? error : unavailable(error);
    }
  }

  /** Reads JSON of a route that needs no caller. @throws when the service does not answer 200 */
  async read(path: string): Promise<unknown> {
    const { statusCode, body } = await this.pool.request({ method: 'GET', path, headersTimeout: CONNECT_WITHIN_MS });
    if (statusCode === 200) return body.json();
    await body.dump();
    throw new Error(`${path} answered ${statusCode}`);
  }

  close(): Promise<void> {
    return this.pool.destroy();
  }

  private asked(request: IncomingMessage, caller: Caller, signal: AbortSignal): Dispatcher.RequestOptions {
    return {
      method: request.method ?? 'GET',
      path: request.url ?? '/',
      headers: { ...forwarded(request.headers), [CALLER_HEADER]: signCaller(caller, this.secret) },
      body: this.bodyOf(request),
      signal,
    };
  }

  private bodyOf(request: IncomingMessage): Readable | null {
    // Its length was checked where it is told; Node itself holds a sender to it.
    if (request.headers['transfer-encoding'] !== undefined)
      return Readable.from(limited(request, this.bodyLimitBytes), { objectMode: false });
    return Number(request.headers['content-length'] ?? 0) > 0 ? request : null;
  }
}
