import { request } from 'node:http';
import type { IncomingMessage } from 'node:http';

/** The part of a Nest application that is used here. */
interface Listener {
  listen(port: number, host: string): Promise<unknown>;
  getUrl(): Promise<string>;
}

export interface Ask {
  readonly method?: string;
  readonly url: string;
  /** A string goes as it is, anything else as JSON. */
  readonly payload?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface Answer {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  json<Shape = Record<string, unknown>>(): Shape;
}

export type Client = (ask: Ask) => Promise<Answer>;

/**
 * Makes an application listen on a free port and returns an HTTP client for it. It has no time-out, because a busy machine is not a fault.
 */
export async function listening(app: Listener): Promise<Client> {
  await app.listen(0, '127.0.0.1');
  const base = await app.getUrl();
  return async ({ method = 'GET', url, payload, headers = {} }) => {
    const type = typeof payload === 'object' ? { 'content-type': 'application/json' } : {};
    const response = await new Promise<IncomingMessage>((resolve, reject) => {
      const asked = request(new URL(`${base}${url}`), { method, headers: { accept: '*/*', ...type, ...headers } }, resolve);
      asked.on('error', reject);
      asked.end(payload === undefined || typeof payload === 'string' ? payload : JSON.stringify(payload));
    });
    const body = await textOf(response);
    return {
      statusCode: response.statusCode ?? 0,
      headers: Object.fromEntries(Object.entries(response.headersDistinct).map(([name, values = []]) => [name, values.join(', ')])),
      body,
      json: <Shape>() => JSON.parse(body) as Shape,
    };
  };
}

async function textOf(response: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of response as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}
