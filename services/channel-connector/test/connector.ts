import { randomUUID } from 'node:crypto';
import { TOPICS } from '@holdfast/contracts';
import type { SkuCommand } from '@holdfast/inventory';
import { createLogger, loadConfig, signCaller } from '@holdfast/platform';
import { openRuntime, type RunningService, type Runtime, type ServiceDefinition } from '@holdfast/runtime';
import { fetchDescribed, startTestPostgres, type TestPostgres } from '@holdfast/testing';
import { DEFAULT_ALERT_BOUNDS, type AlertBounds } from '../src/alerts/alert-table.js';
import type { Provider } from '../src/providers/provider.js';
import { channelConnector, DEFAULT_TIMINGS, type DeliveryTimings } from '../src/index.js';
import type { LeapingTime } from './leaping-time.js';

const SECRET = 'a-secret-of-at-least-thirty-two-characters';

export interface CallOptions {
  readonly tenant?: string;
  readonly permissions?: readonly string[];
  readonly key?: string;
  readonly anonymous?: boolean;
}

export interface Answer {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
  readonly position: string | undefined;
}

export interface StartOptions {
  readonly timings?: Partial<DeliveryTimings>;
  readonly kinds?: readonly Provider[];
  readonly alerts?: Partial<AlertBounds>;
  readonly environment?: Readonly<Record<string, string>>;
  /** Gets every line of the log, from the finest level on. */
  readonly log?: (line: string) => void;
  /** The service's time; that of the system by default. */
  readonly time?: LeapingTime;
}

const FAST: DeliveryTimings = {
  ...DEFAULT_TIMINGS,
  pollMs: 30,
  backOff: { firstMs: 20, mostMs: 200 },
  breakerOpenMs: 100,
  watchMs: 100,
  foreignEditSettlesMs: 0,
};

/** The service on a real event store, ledger, bus and database, all on an embedded Postgres. */
export class ConnectorUnderTest {
  private position = 0;

  private constructor(
    readonly runtime: Runtime,
    readonly postgres: TestPostgres,
    private readonly definition: ServiceDefinition,
    private service: RunningService,
    private url: string,
  ) {}

  static async start(startOptions: StartOptions = {}): Promise<ConnectorUnderTest> {
    const { timings = {}, environment = {}, kinds, alerts = {}, log, time } = startOptions;
    const postgres = await startTestPostgres();
    const config = loadConfig({
      DATABASE_URL: postgres.connectionString,
      HOLDFAST_INTERNAL_SECRET: SECRET,
      HOLDFAST_SECRET_KEY: SECRET,
      HOLDFAST_WEBHOOK_PRIVATE: '1',
      HOLDFAST_LOG_LEVEL: log === undefined ? (process.env['HOLDFAST_LOG_LEVEL'] ?? 'silent') : 'trace',
      ...environment,
    });
    const logger = createLogger(config, 'test', log === undefined ? undefined : { write: log });
    const options = { name: 'connector-test', embedded: false, logger };
    const opened = await openRuntime(config, time === undefined ? options : { ...options, clock: time });
    const runtime =
      time === undefined ? opened : { ...opened, database: { ...opened.database, pool: await time.poolOn(postgres.connectionString) } };
    const definition = channelConnector({ ...FAST, ...timings }, kinds, { ...DEFAULT_ALERT_BOUNDS, ...alerts }, time);
    const service = await definition.start(runtime);
    return new ConnectorUnderTest(runtime, postgres, definition, service, await listening(service));
  }

  /** Stops the service and starts it again on the same engines. */
  async restart(whileStopped: () => Promise<void>): Promise<void> {
    await this.service.stop();
    await whileStopped();
    this.service = await this.definition.start(this.runtime);
    this.url = await listening(this.service);
  }

  async stop(): Promise<void> {
    await this.service.stop();
    await this.runtime.stop();
    await this.postgres.stop();
  }

  async call(method: 'GET' | 'POST' | 'PUT' | 'DELETE', url: string, payload?: unknown, options: CallOptions = {}): Promise<Answer> {
    const caller = { tenant: options.tenant ?? 'demo', subject: 'key-1', permissions: options.permissions ?? ['*'] };
    const response = await fetchDescribed(this.url, url, {
      method,
      headers: {
        ...(options.anonymous === true ? {} : { 'x-holdfast-caller': signCaller(caller, SECRET) }),
        ...(options.key === undefined ? {} : { 'idempotency-key': options.key }),
        ...(payload === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(payload === undefined ? {} : { body: typeof payload === 'string' ? payload : JSON.stringify(payload) }),
    });
    const body = await response.text();
    return {
      status: response.status,
      body: JSON.parse(body === '' ? '{}' : body) as Answer['body'],
      position: response.headers.get('holdfast-position') ?? undefined,
    };
  }

  /** Address of a hook, as a vendor is told it. */
  hookUrl(path: string): string {
    return `${this.url}/hooks/${path}`;
  }

  /** Sends to a hook, as a vendor does. */
  hook(path: string, body: string | undefined, headers: Readonly<Record<string, string>> = {}): Promise<Response> {
    return fetch(this.hookUrl(path), body === undefined ? { headers } : { method: 'POST', body, headers });
  }

  get(url: string, options?: CallOptions): Promise<Answer> {
    return this.call('GET', url, undefined, options);
  }

  put(url: string, payload: unknown, options?: CallOptions): Promise<Answer> {
    return this.call('PUT', url, payload, options);
  }

  post(url: string, payload: unknown, options?: CallOptions): Promise<Answer> {
    return this.call('POST', url, payload, options);
  }

  /** Says on the topic what the projection would say. */
  async tell(channelId: string, figures: Readonly<Record<string, number>>, tenant = 'demo'): Promise<void> {
    await this.runtime.bus.publish(
      TOPICS.channelAtp.name,
      Object.entries(figures).map(([sku, atp]) => {
        this.position += 1;
        const data = { sku, channelId, atp, version: this.position, position: String(this.position) };
        const time = new Date().toISOString();
        const message = { specversion: '1.0', id: randomUUID(), type: 'holdfast.inventory.channel-atp.v1', time, tenant, data };
        return { key: `${tenant}|${channelId}|${sku}`, value: JSON.stringify(message) };
      }),
    );
  }

  async record(sku: string, locationId: string, counted: number): Promise<void> {
    const command: SkuCommand = {
      type: 'RecordStock',
      locationId,
      counted,
      effectiveAt: Date.now(),
      reasonCode: 'count',
      at: Date.now(),
      commandId: randomUUID(),
    };
    await this.runtime.ledger.execute({ tenant: 'demo', sku }, command);
  }

  async location(locationId: string): Promise<void> {
    const known = await this.runtime.eventStore.readStream('locations-demo');
    await this.runtime.eventStore.append('locations-demo', known.length - 1, [
      {
        id: randomUUID(),
        type: 'LocationRegistered.v1',
        data: { locationId, name: locationId, kind: 'warehouse', priority: 10 },
        metadata: { tenant: 'demo', at: Date.now(), commandId: randomUUID() },
      },
    ]);
  }
}

async function listening({ app }: RunningService): Promise<string> {
  await app.listen(0, '127.0.0.1');
  return app.getUrl();
}
