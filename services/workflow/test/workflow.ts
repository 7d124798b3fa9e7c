import { randomUUID } from 'node:crypto';
import { TOPICS, type AlertMessage, type AtpChanged } from '@holdfast/contracts';
import type { SkuCommand } from '@holdfast/inventory';
import { createLogger, loadConfig, signCaller } from '@holdfast/platform';
import { openRuntime, type RunningService, type Runtime } from '@holdfast/runtime';
import { fetchDescribed, startTestPostgres, type TestPostgres } from '@holdfast/testing';
import { workflow } from '../src/service.js';

const SECRET = 'a-secret-of-at-least-thirty-two-characters';

export interface CallOptions {
  readonly tenant?: string;
  readonly permissions?: readonly string[];
  /** The person; `key-1` unless said. */
  readonly subject?: string;
  readonly key?: string;
  readonly minPosition?: string;
  readonly anonymous?: boolean;
  /** The person behind the subject, where that is another. */
  readonly person?: string;
}

export interface Answer {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
  readonly position: string | undefined;
}

type Unstamped<Command> = Command extends SkuCommand ? Omit<Command, 'at' | 'commandId'> : never;

/** Between attempts to send an alert to a webhook. */
const BACK_OFF = { firstMs: 20, mostMs: 200 };
/** Runs follow at once. */
const TIMES = { gatherMs: 50, lookMs: 100, patienceMs: 200 };
const service = workflow(BACK_OFF, TIMES);

/** The service on a real event store, ledger, bus and database, all on an embedded Postgres. */
export class WorkflowUnderTest {
  private constructor(
    readonly runtime: Runtime,
    readonly postgres: TestPostgres,
    private service: RunningService,
    private url: string,
  ) {}

  static async start(around: (runtime: Runtime) => Runtime = (runtime) => runtime): Promise<WorkflowUnderTest> {
    const postgres = await startTestPostgres();
    const config = loadConfig({
      DATABASE_URL: postgres.connectionString,
      HOLDFAST_INTERNAL_SECRET: SECRET,
      HOLDFAST_SECRET_KEY: SECRET,
      HOLDFAST_WEBHOOK_PRIVATE: '1',
      HOLDFAST_LOG_LEVEL: process.env['HOLDFAST_LOG_LEVEL'] ?? 'silent',
    });
    const opened = await openRuntime(config, { name: 'workflow-test', embedded: false, logger: createLogger(config, 'test') });
    const runtime = around(opened);
    const running = await service.start(runtime);
    return new WorkflowUnderTest(runtime, postgres, running, await listening(running));
  }

  /** Stops the service and starts it again on the same engines. */
  async restart(whileStopped: () => Promise<void> = async () => undefined): Promise<void> {
    await this.service.stop();
    await whileStopped();
    this.service = await service.start(this.runtime);
    this.url = await listening(this.service);
  }

  async stop(): Promise<void> {
    await this.service.stop();
    await this.runtime.stop();
    await this.postgres.stop();
  }

  async call(
    method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE',
    url: string,
    payload?: unknown,
    options: CallOptions = {},
  ): Promise<Answer> {
    const caller = {
      tenant: options.tenant ?? 'demo',
      subject: options.subject ?? 'key-1',
      permissions: options.permissions ?? ['*'],
      ...(options.person === undefined ? {} : { person: options.person }),
    };
    const response = await fetchDescribed(this.url, url, {
      method,
      headers: {
        ...(options.anonymous === true ? {} : { 'x-holdfast-caller': signCaller(caller, SECRET) }),
        ...(options.key === undefined ? {} : { 'idempotency-key': options.key }),
        ...(options.minPosition === undefined ? {} : { 'holdfast-min-position': options.minPosition }),
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

  /** The body of a GET as it is. */
  async text(url: string): Promise<string> {
    const caller = { tenant: 'demo', subject: 'key-1', permissions: ['*'] };
    const response = await fetchDescribed(this.url, url, { headers: { 'x-holdfast-caller': signCaller(caller, SECRET) } });
    return response.text();
  }

  put(url: string, payload: unknown, options?: CallOptions): Promise<Answer> {
    return this.call('PUT', url, payload, options);
  }

  get(url: string, options?: CallOptions): Promise<Answer> {
    return this.call('GET', url, undefined, options);
  }

  post(url: string, payload: unknown, options?: CallOptions): Promise<Answer> {
    return this.call('POST', url, payload, options);
  }

  /** Changes stock as another service would. */
  async stock(sku: string, command: Unstamped<SkuCommand>, tenant = 'demo'): Promise<void> {
    const stamped = { ...command, at: Date.now(), commandId: randomUUID() } as SkuCommand;
    const outcome = await this.runtime.ledger.execute({ tenant, sku }, stamped);
    if (outcome.kind === 'refused') throw new Error(`${outcome.code} ${JSON.stringify(outcome.details)}`);
  }

  record(sku: string, locationId: string, counted: number, tenant = 'demo'): Promise<void> {
    return this.stock(sku, { type: 'RecordStock', locationId, counted, effectiveAt: Date.now(), reasonCode: 'count' }, tenant);
  }

  async onHand(sku: string, locationId: string, tenant = 'demo'): Promise<number> {
    return (await this.runtime.ledger.read({ tenant, sku })).state.balances.get(locationId)?.onHand ?? 0;
  }

  async inTransit(sku: string, tenant = 'demo'): Promise<number> {
    const { state } = await this.runtime.ledger.read({ tenant, sku });
    return [...state.inTransit.values()].reduce((sum, { quantity }) => sum + quantity, 0);
  }

  async location(locationId: string, tenant = 'demo'): Promise<void> {
    const stream = `locations-${tenant}`;
    const known = await this.runtime.eventStore.readStream(stream);
    await this.runtime.eventStore.append(stream, known.length - 1, [
      {
        id: randomUUID(),
        type: 'LocationRegistered.v1',
        data: { locationId, name: locationId, kind: 'warehouse', priority: 10 },
        metadata: { tenant, at: Date.now(), commandId: randomUUID() },
      },
    ]);
  }

  /** Says on the topic what the projection would say. */
  async tell(...changes: readonly (Partial<AtpChanged> & { readonly tenant?: string; readonly position: string })[]): Promise<void> {
    await this.runtime.bus.publish(TOPICS.atp.name, changes.map(atpMessage));
  }

  /** Alerts that were told or are about to be, in their order: what is published already and still in the outbox, once. */
  async alerts(): Promise<readonly AlertMessage[]> {
    const { rows } = await this.runtime.database.pool.query<{ value: string }>(ALERTS, [TOPICS.alerts.name]);
    return rows.map(({ value }) => JSON.parse(value) as AlertMessage);
  }
}

/** One statement, as a message may move from the outbox to the topic at any time. */
const ALERTS = `
  WITH published AS (
    SELECT l.value, l.at, l.seq FROM bus.log l JOIN bus.heads h ON h.id = l.head_id JOIN bus.topics t ON t.id = h.topic_id WHERE t.name = $1)
  SELECT value FROM (
    SELECT value, at, seq FROM published
    UNION ALL
    SELECT o.value, NULL, o.id FROM workflow.outbox o WHERE NOT EXISTS (SELECT FROM published p WHERE p.value = o.value)) AS told
   ORDER BY at NULLS LAST, seq`;

async function listening({ app }: RunningService): Promise<string> {
  await app.listen(0, '127.0.0.1');
  return app.getUrl();
}

function atpMessage({ tenant = 'demo', ...change }: Partial<AtpChanged> & { readonly tenant?: string; readonly position: string }) {
  const onHand = change.onHand ?? 0;
  const reserved = change.reserved ?? 0;
  const data = {
    sku: 'A',
    locationId: 'MAIN',
    onHand,
    reserved,
    available: onHand - reserved,
    safetyStock: 0,
    inTransit: 0,
    version: Number(change.position),
    causes: [],
    ...change,
  };
  const message = { specversion: '1.0', id: randomUUID(), type: 'holdfast.inventory.atp.v1', time: new Date().toISOString(), tenant, data };
  return { key: `${tenant}|${data.sku}|${data.locationId}`, value: JSON.stringify(message) };
}

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
