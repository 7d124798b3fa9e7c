import type { ServiceAnswer, ServiceCalls, ServiceStream } from '@holdfast/forwarding';
import { isRecord, MIN_POSITION_HEADER, POSITION_HEADER, type Caller, type Method } from '@holdfast/platform';
import type { Json } from './json.js';
import { Refused } from './refused.js';

export interface Asked {
  readonly caller: Caller;
  readonly requestId: string;
  /** Forwarded to every route: a trace and the position that reads must reflect. */
  readonly headers: Readonly<Record<string, string>>;
}

interface Written {
  readonly body: Json;
  /** Position of the newest event that the answer reflects, decimal. */
  readonly position: string | undefined;
}

/** The REST routes that one GraphQL request calls, for its caller. After a write, reads wait until they reflect it. */
export class Rest {
  private readonly written: bigint[] = [];

  constructor(
    private readonly calls: ServiceCalls,
    private readonly asked: Asked,
  ) {}

  /** Position of the newest write of this request. */
  get position(): bigint | undefined {
    return this.written.reduce<bigint | undefined>((newest, at) => (newest === undefined || at > newest ? at : newest), undefined);
  }

  /** @throws Refused */
  async get(path: string): Promise<Json> {
    return this.bodyOf(await this.call('GET', path));
  }

  /** A question that is too long for a query. @throws Refused */
  async lookUp(path: string, body: object): Promise<Json> {
    return this.bodyOf(await this.call('POST', path, body));
  }

  /** @param key of idempotency; a repeat gets the first answer @throws Refused */
  async write(path: string, body: object, key: string): Promise<Written> {
    const answer = await this.call('POST', path, body, { 'idempotency-key': key });
    const position = answer.headers[POSITION_HEADER];
    const written = { body: this.bodyOf(answer), position };
    if (position !== undefined) this.written.push(BigInt(position));
    return written;
  }

  /** @throws Refused */
  async stream(path: string, headers: Readonly<Record<string, string>>): Promise<ServiceStream> {
    const { caller, requestId } = this.asked;
    const opened = await this.calls.stream({ method: 'GET', path, caller, requestId, headers: { ...this.asked.headers, ...headers } });
    if (opened.status === 200) return opened;
    const chunks: Uint8Array[] = [];
    for await (const chunk of opened.body) chunks.push(chunk as Uint8Array);
    throw Refused.of(opened.status, JSON.parse(Buffer.concat(chunks).toString('utf8')));
  }

  private call(method: Method, path: string, body?: object, headers: Readonly<Record<string, string>> = {}): Promise<ServiceAnswer> {
    const { caller, requestId } = this.asked;
    const { position } = this;
    const reflecting = position === undefined ? {} : { [MIN_POSITION_HEADER]: position.toString() };
    const sent = { ...this.asked.headers, ...reflecting, ...headers };
    return this.calls.call({ method, path, caller, requestId, headers: sent, ...(body === undefined ? {} : { body }) });
  }

  private bodyOf({ status, body }: ServiceAnswer): Json {
    if (status >= 400) throw Refused.of(status, body);
    return isRecord(body) ? body : {};
  }
}
