import { randomUUID } from 'node:crypto';
import { request, type ClientRequest } from 'node:http';
import type { ErpMessage } from '@holdfast/contracts';
import { TOPICS } from '@holdfast/contracts';
import type { SkuEvent } from '@holdfast/inventory';
import { createLogger, loadConfig, signCaller } from '@holdfast/platform';
import type { RunningService, Runtime } from '@holdfast/runtime';
import { openRuntime } from '@holdfast/runtime';
import type { TestPostgres } from '@holdfast/testing';
import { fetchDescribed, startTestPostgres } from '@holdfast/testing';
import { ingestionService } from '../src/index.js';
import { onTopic } from './messages.js';

const SECRET = 'internal-secret-of-the-tests-only-0123';

export interface CallOptions {
  readonly tenant?: string;
  readonly permissions?: readonly string[];
  readonly key?: string;
  readonly contentType?: string;
  /** Nobody signed the request. */
  readonly anonymous?: boolean;
}

export interface Answer {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
  readonly position: string | undefined;
}

export interface StartOptions {
  /** Puts something between the service and what it runs on. */
  readonly around?: (runtime: Runtime) => Runtime;
  readonly postgres?: TestPostgres;
  readonly environment?: Readonly<Record<string, string>>;
}

/** The service on a real ledger, bus and database, all embedded. */
export class IngestionUnderTest {
  private constructor(
    readonly runtime: Runtime,
    readonly service: RunningService,
    readonly postgres: TestPostgres,
    private readonly url: string,
    private readonly ownsPostgres: boolean,
  ) {}

  static async start({ around = (runtime) => runtime, postgres, environment = {} }: StartOptions = {}): Promise<IngestionUnderTest> {
    const server = postgres ?? (await startTestPostgres());
    const config = loadConfig({
      DATABASE_URL: server.connectionString,
      HOLDFAST_INTERNAL_SECRET: SECRET,
      HOLDFAST_LOG_LEVEL: process.env['HOLDFAST_LOG_LEVEL'] ?? 'silent',
      ...environment,
    });
    const opened = await openRuntime(config, { name: 'ingestion-test', embedded: false, logger: createLogger(config, 'test') });
    const runtime = around(opened);
    const service = await ingestionService.start(runtime);
    await service.app.listen({ port: 0, host: '127.0.0.1' });
    return new IngestionUnderTest(opened, service, server, await service.app.getUrl(), postgres === undefined);
  }

  async stop(): Promise<void> {
    await this.service.stop();
    await this.runtime.stop();
    if (this.ownsPostgres) await this.postgres.stop();
  }

  async call(method: 'GET' | 'POST' | 'PUT', url: string, payload?: unknown, options: CallOptions = {}): Promise<Answer> {
    const caller = { tenant: options.tenant ?? 'acme', subject: 'key-1', permissions: options.permissions ?? ['*'] };
    const response = await fetchDescribed(this.url, url, {
      method,
      headers: {
        ...(options.anonymous === true ? {} : { 'x-holdfast-caller': signCaller(caller, SECRET) }),
        ...(options.key === undefined ? {} : { 'idempotency-key': options.key }),
        ...(payload === undefined ? {} : { 'content-type': options.contentType ?? 'application/json' }),
      },
      ...(payload === undefined
        ? {}
        : { body: typeof payload === 'string' || Buffer.isBuffer(payload) ? payload : JSON.stringify(payload) }),
    });
    const text = await response.text();
    return {
      status: response.status,
      body: JSON.parse(text === '' ? '{}' : text) as Answer['body'],
      position: response.headers.get('holdfast-position') ?? undefined,
    };
  }

  /** Begins a request whose body the caller writes. */
  send(method: 'POST', path: string, headers: Readonly<Record<string, string>>, tenant = 'acme'): ClientRequest {
    const caller = signCaller({ tenant, subject: 'key-1', permissions: ['*'] }, SECRET);
    return request(`${this.url}${path}`, { method, headers: { 'x-holdfast-caller': caller, ...headers } });
  }

  /** What a route answers as text. */
  async text(url: string, tenant = 'acme'): Promise<string> {
    const caller = { tenant, subject: 'key-1', permissions: ['*'] };
    return (await fetchDescribed(this.url, url, { headers: { 'x-holdfast-caller': signCaller(caller, SECRET) } })).text();
  }

  /** Creates a connection whose warehouse 0001 is the location MAIN. */
  async connect(connection = 'sap', given: object = {}, tenant = 'acme'): Promise<void> {
    const body = { name: connection, mappings: [{ warehouseId: '0001', locationId: 'MAIN' }], ...given };
    const answer = await this.call('PUT', `/v1/erp/connections/${connection}`, body, { tenant });
    if (answer.status !== 200) throw new Error(`no connection: ${JSON.stringify(answer.body)}`);
  }

  publish(messages: readonly ErpMessage[], tenant = 'acme'): Promise<void> {
    return this.runtime.bus.publish(
      TOPICS.erpStock.name,
      messages.map((message) => onTopic(tenant, message)),
    );
  }

  async onHand(sku: string, locationId = 'MAIN', tenant = 'acme'): Promise<number | undefined> {
    return (await this.runtime.ledger.read({ tenant, sku })).state.balances.get(locationId)?.onHand;
  }

  /** Names and data of the events of a SKU. */
  async events(sku: string, tenant = 'acme'): Promise<readonly (Readonly<Record<string, unknown>> & { readonly type: string })[]> {
    const events = await this.runtime.eventStore.readStream(`stock-${tenant}.${sku}`);
    return events.map(({ type, data }) => ({ ...(data as Readonly<Record<string, unknown>>), type: type.replace(/\.v\d+$/, '') }));
  }

  /** Ids of the messages that took effect on a SKU, in the order in which they did. */
  async messageIds(sku: string, tenant = 'acme'): Promise<readonly unknown[]> {
    const types: readonly SkuEvent['type'][] = ['LevelReported', 'LevelRefused', 'StockReceived', 'StockIssued'];
    const events = await this.events(sku, tenant);
    return events.filter(({ type }) => types.some((known) => known === type)).map((event) => event['messageId']);
  }

  /** How many messages came to this result so far. */
  async counted(result: string): Promise<number> {
    const lines = (await this.runtime.metrics.exposition()).split('\n');
    return lines
      .filter((line) => line.startsWith('holdfast_erp_messages_total') && line.includes(`result="${result}"`))
      .reduce((sum, line) => sum + Number(line.split(' ').at(-1)), 0);
  }
}

const PATIENCE_MS = 120_000;

/** Asks again until the assertion holds; then, or after 15 s, its own outcome. */
export async function eventually(assertion: () => Promise<void>): Promise<void> {
  const until = Date.now() + PATIENCE_MS;
  for (;;) {
    try {
      return await assertion();
    } catch (error) {
      if (Date.now() > until) throw error;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }
}

export const anyId = (): string => randomUUID();
