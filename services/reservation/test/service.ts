import { randomUUID } from 'node:crypto';
import type { SkuCommand } from '@holdfast/inventory';
import { createLogger, loadConfig, signCaller } from '@holdfast/platform';
import { openRuntime, type RunningService, type Runtime } from '@holdfast/runtime';
import { fetchDescribed, startTestPostgres, type TestPostgres } from '@holdfast/testing';
import { startReservation, systemSurroundings, type Surroundings } from '../src/index.js';

const SECRET = 'internal-secret-of-the-tests-only-0123';

export const TENANT = 'acme';

export interface CallOptions {
  readonly tenant?: string;
  readonly permissions?: readonly string[];
  readonly key?: string;
  /** Nobody signed the request. */
  readonly anonymous?: boolean;
}

export interface Answer {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
  readonly position: string | undefined;
  readonly retryAfter: string | undefined;
}

export interface StartOptions {
  /** Shares the engines of another instance. */
  readonly beside?: ServiceUnderTest;
  /** False for the engines alone; default true. */
  readonly serve?: boolean;
  readonly around?: (runtime: Runtime) => Runtime;
  readonly surroundings?: Partial<Surroundings>;
}

type Unstamped<Command> = Command extends SkuCommand ? Omit<Command, 'at' | 'commandId'> : never;

/** One instance of the service on a real event store, ledger and database, all on an embedded Postgres. */
export class ServiceUnderTest {
  private constructor(
    readonly runtime: Runtime,
    readonly service: RunningService | undefined,
    readonly postgres: TestPostgres,
    private readonly url: string,
    private readonly ownsPostgres: boolean,
  ) {}

  static async start({
    beside,
    serve = true,
    around = (runtime) => runtime,
    surroundings = {},
  }: StartOptions = {}): Promise<ServiceUnderTest> {
    const postgres = beside?.postgres ?? (await startTestPostgres());
    const config = loadConfig({
      DATABASE_URL: postgres.connectionString,
      HOLDFAST_INTERNAL_SECRET: SECRET,
      HOLDFAST_LOG_LEVEL: process.env['HOLDFAST_LOG_LEVEL'] ?? 'silent',
    });
    const opened = await openRuntime(config, { name: 'reservation-test', embedded: false, logger: createLogger(config, 'test') });
    if (!serve) return new ServiceUnderTest(opened, undefined, postgres, '', beside === undefined);
    const service = await startReservation(around(opened), { ...systemSurroundings, ...surroundings });
    await service.app.listen({ port: 0, host: '127.0.0.1' });
    return new ServiceUnderTest(opened, service, postgres, await service.app.getUrl(), beside === undefined);
  }

  async stop(): Promise<void> {
    await this.service?.stop();
    await this.stopEngines();
  }

  /** For an instance whose service was stopped already. */
  async stopEngines(): Promise<void> {
    await this.runtime.stop();
    if (this.ownsPostgres) await this.postgres.stop();
  }

  /** A request as the gateway hands it over. */
  async call(method: 'GET' | 'POST' | 'PUT' | 'DELETE', url: string, payload?: unknown, options: CallOptions = {}): Promise<Answer> {
    const caller = { tenant: options.tenant ?? TENANT, subject: 'key-1', permissions: options.permissions ?? ['reservations.*'] };
    const response = await fetchDescribed(this.url, url, {
      method,
      headers: {
        ...(options.anonymous === true ? {} : { 'x-holdfast-caller': signCaller(caller, SECRET) }),
        ...(options.key === undefined ? {} : { 'idempotency-key': options.key }),
        ...(payload === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(payload === undefined ? {} : { body: typeof payload === 'string' ? payload : JSON.stringify(payload) }),
    });
    const text = await response.text();
    return {
      status: response.status,
      body: JSON.parse(text === '' ? '{}' : text) as Answer['body'],
      position: response.headers.get('holdfast-position') ?? undefined,
      retryAfter: response.headers.get('retry-after') ?? undefined,
    };
  }

  reserve(body: unknown, options?: CallOptions): Promise<Answer> {
    return this.call('POST', '/sales-channel/inventory/reserve', body, options);
  }

  find(reservationId: unknown, options?: CallOptions): Promise<Answer> {
    return this.call('GET', pathOf(reservationId), undefined, options);
  }

  /** @param wish `commit`, `release` or `extend` */
  wish(wish: string, reservationId: unknown, body?: unknown, options?: CallOptions): Promise<Answer> {
    return this.call('POST', `${pathOf(reservationId)}/${wish}`, body, options);
  }

  /** Changes stock as another service would. */
  async change(sku: string, command: Unstamped<SkuCommand>, tenant = TENANT): Promise<void> {
    const stamped = { ...command, at: Date.now(), commandId: randomUUID() } as SkuCommand;
    const outcome = await this.runtime.ledger.execute({ tenant, sku }, stamped);
    if (outcome.kind === 'refused') throw new Error(`${outcome.code} ${JSON.stringify(outcome.details)}`);
  }

  stock(sku: string, counted: number, locationId = 'MAIN', tenant = TENANT): Promise<void> {
    return this.change(sku, { type: 'RecordStock', locationId, counted, effectiveAt: Date.now(), reasonCode: 'count' }, tenant);
  }

  /** Units on hand and units held, over all locations. */
  async units(sku: string, tenant = TENANT): Promise<{ readonly onHand: number; readonly reserved: number }> {
    const { state } = await this.runtime.ledger.read({ tenant, sku });
    const balances = [...state.balances.values()];
    const sum = (of: 'onHand' | 'reserved'): number => balances.reduce((units, balance) => units + balance[of], 0);
    return { onHand: sum('onHand'), reserved: sum('reserved') };
  }

  /** Appends an event of a tenant's own stream, as another service would. */
  async append(stream: string, type: string, data: object, tenant = TENANT): Promise<void> {
    const known = await this.runtime.eventStore.readStream(stream);
    const metadata = { tenant, at: Date.now(), commandId: randomUUID() };
    await this.runtime.eventStore.append(stream, known.length - 1, [{ id: randomUUID(), type, data, metadata }]);
  }
}

const pathOf = (reservationId: unknown): string => `/sales-channel/inventory/reservation/${encodeURIComponent(String(reservationId))}`;

/** Asks again until the assertion holds; then, or when it never does, its own outcome. */
export async function eventually(assertion: () => Promise<void> | void, withinMs = 120_000): Promise<void> {
  const until = Date.now() + withinMs;
  for (;;) {
    try {
      return await assertion();
    } catch (error) {
      if (Date.now() > until) throw error;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }
}
