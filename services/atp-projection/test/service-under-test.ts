import { randomUUID } from 'node:crypto';
import { NO_STREAM } from '@holdfast/event-store';
import type { SkuCommand } from '@holdfast/inventory';
import { createLogger, loadConfig, signCaller } from '@holdfast/platform';
import type { RunningService, Runtime } from '@holdfast/runtime';
import { openRuntime } from '@holdfast/runtime';
import type { TestPostgres } from '@holdfast/testing';
import { fetchDescribed, startTestPostgres } from '@holdfast/testing';
import { atpProjectionService } from '../src/index.js';

const SECRET = 'internal-secret-of-the-tests-only-0123';

export interface Asked {
  readonly tenant?: string;
  readonly permissions?: readonly string[];
  readonly headers?: Readonly<Record<string, string>>;
  readonly anonymous?: boolean;
}

export interface Answer {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
  readonly position: string | null;
}

/** The service on a real ledger, bus and database. */
export class ServiceUnderTest {
  private constructor(
    readonly runtime: Runtime,
    readonly service: RunningService,
    readonly url: string,
    private readonly postgres: TestPostgres,
  ) {}

  static async start(): Promise<ServiceUnderTest> {
    const postgres = await startTestPostgres();
    const config = loadConfig({
      DATABASE_URL: postgres.connectionString,
      HOLDFAST_INTERNAL_SECRET: SECRET,
      HOLDFAST_LOG_LEVEL: process.env['HOLDFAST_LOG_LEVEL'] ?? 'silent',
    });
    const runtime = await openRuntime(config, { name: 'atp-test', embedded: false, logger: createLogger(config, 'test') });
    const service = await atpProjectionService.start(runtime);
    await service.app.listen({ port: 0, host: '127.0.0.1' });
    return new ServiceUnderTest(runtime, service, await service.app.getUrl(), postgres);
  }

  async stop(): Promise<void> {
    await this.service.stop();
    await this.runtime.stop();
    await this.postgres.stop();
  }

  headers(asked: Asked = {}): Record<string, string> {
    const caller = { tenant: asked.tenant ?? 'acme', subject: 'key-1', permissions: asked.permissions ?? ['*'] };
    return { ...(asked.anonymous === true ? {} : { 'x-holdfast-caller': signCaller(caller, SECRET) }), ...asked.headers };
  }

  async get(path: string, asked: Asked = {}): Promise<Answer> {
    return answerOf(await fetchDescribed(this.url, path, { headers: this.headers(asked) }));
  }

  async post(path: string, body: unknown, asked: Asked = {}): Promise<Answer> {
    const headers = { ...this.headers(asked), 'content-type': 'application/json' };
    return answerOf(await fetchDescribed(this.url, path, { method: 'POST', headers, body: JSON.stringify(body) }));
  }

  /** Runs a command on the ledger. @returns the position to wait for */
  async command(sku: string, command: DistributiveOmit<SkuCommand, 'at' | 'commandId'>, tenant = 'acme'): Promise<string> {
    const full = { at: this.runtime.clock.now(), commandId: randomUUID(), ...command } as SkuCommand;
    const outcome = await this.runtime.ledger.execute({ tenant, sku }, full);
    if (outcome.kind === 'refused') throw new Error(`${command.type} was refused: ${outcome.code}`);
    return outcome.position.toString();
  }

  async receive(sku: string, locationId: string, quantity: number, tenant = 'acme'): Promise<string> {
    const at = this.runtime.clock.now();
    return this.command(sku, { type: 'ReceiveStock', locationId, quantity, effectiveAt: at, messageId: randomUUID() }, tenant);
  }

  async reserve(sku: string, quantity: number, reservationId: string): Promise<string> {
    const hold = { orderId: 'o1', ttlMs: 60_000, requestHash: 'h', sources: [] };
    return this.command(sku, { type: 'PlaceReservation', reservationId, quantity, ...hold });
  }

  /** Appends events to a stream of the tenant that was empty. */
  async append(stream: string, events: readonly (readonly [type: string, data: unknown])[], tenant = 'acme'): Promise<string> {
    const metadata = { tenant, at: this.runtime.clock.now(), commandId: randomUUID() };
    const stored = events.map(([type, data]) => ({ id: randomUUID(), type, data, metadata }));
    const result = await this.runtime.eventStore.append(stream, NO_STREAM, stored);
    if (result.kind === 'conflict') throw new Error(`${stream} is not empty`);
    return result.position.toString();
  }
}

type DistributiveOmit<Union, Key extends PropertyKey> = Union extends unknown ? Omit<Union, Key> : never;

async function answerOf(response: Response): Promise<Answer> {
  const text = await response.text();
  const isJson = response.headers.get('content-type')?.includes('json') === true;
  return {
    status: response.status,
    body: JSON.parse(isJson ? text : '{}') as Answer['body'],
    position: response.headers.get('holdfast-position'),
  };
}
