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

/** Lets an application listen on a free port and talks to it as anybody would. */
export async function listening(app: Listener): Promise<Client> {
  await app.listen(0, '127.0.0.1');
  const base = await app.getUrl();
  return async ({ method = 'GET', url, payload, headers = {} }) => {
    const type = typeof payload === 'object' ? { 'content-type': 'application/json' } : {};
    const response = await fetch(`${base}${url}`, {
      method,
      headers: { ...type, ...headers },
      ...(payload === undefined ? {} : { body: typeof payload === 'string' ? payload : JSON.stringify(payload) }),
    });
    const body = await response.text();
    return {
      statusCode: response.status,
      headers: Object.fromEntries(response.headers),
      body,
      json: <Shape>() => JSON.parse(body) as Shape,
    };
  };
}
