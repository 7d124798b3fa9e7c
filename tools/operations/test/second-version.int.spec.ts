import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { jest } from '@jest/globals';
import type { RunningService, Runtime, ServiceDefinition } from '@holdfast/runtime';
import type { TestPostgres } from '@holdfast/testing';
import { HOLDS_LIVE_MS, ORDER, SECOND_VERSIONS, writeFirstVersions } from './older-versions.js';

// The registry of stream families takes its upcasts from this file and nowhere else; everything below is loaded after it.
jest.unstable_mockModule('../../../libs/contracts/src/streams/upcasts.ts', () => ({ UPCASTS: SECOND_VERSIONS }));

const { STREAMS, TOPICS } = await import('@holdfast/contracts');
const { certify } = await import('@holdfast/ledger');
const { signCaller } = await import('@holdfast/platform');
const { startTestPostgres } = await import('@holdfast/testing');
const { connect } = await import('../src/connect.js');
const { Progress } = await import('../src/progress.js');
const { verify } = await import('../src/verify.js');

const SECRET = 'a-secret-of-at-least-thirty-two-characters';
/** Asks again until the assertion holds; then, or after two minutes, its own outcome. */
async function eventually(assertion: () => Promise<void> | void): Promise<void> {
  for (const deadline = Date.now() + 120_000; ; await sleep(50)) {
    try {
      return await assertion();
    } catch (error) {
      if (Date.now() > deadline) throw error;
    }
  }
}

const PERMISSIONS = ['reservations.*', 'inventory.*', 'channels.*', 'transfers.*', 'catalogue.*', 'alerts.*'];

async function services(): Promise<readonly ServiceDefinition[]> {
  const { atpProjectionService } = await import('@holdfast/atp-projection');
  const { channelConnectorService } = await import('@holdfast/channel-connector');
  const { ingestionService } = await import('@holdfast/ingestion');
  const { reservationService } = await import('@holdfast/reservation');
  const { workflowService } = await import('@holdfast/workflow');
  return [reservationService, atpProjectionService, channelConnectorService, workflowService, ingestionService];
}

describe('events of which stored ones are at their first version and new ones at their second', () => {
  let postgres: TestPostgres;
  let runtime: Runtime;
  const running = new Map<string, RunningService>();
  const urls = new Map<string, string>();

  beforeAll(async () => {
    postgres = await startTestPostgres();
    const engines = {
      DATABASE_URL: postgres.connectionString,
      HOLDFAST_INTERNAL_SECRET: SECRET,
      HOLDFAST_SECRET_KEY: SECRET,
      HOLDFAST_LOG_LEVEL: 'silent',
    };
    runtime = await connect(engines);
    await writeFirstVersions(runtime.eventStore, Date.now());
    for (const service of await services()) {
      const started = await service.start(runtime);
      running.set(service.name, started);
      await started.app.listen({ port: 0, host: '127.0.0.1' });
      urls.set(service.name, await started.app.getUrl());
    }
  });
  afterAll(async () => {
    for (const service of running.values()) await service.stop();
    await runtime.stop();
    await postgres.stop();
  });

  const call = async (method: string, service: string, path: string, body?: object): Promise<Readonly<Record<string, unknown>>> => {
    const caller = signCaller({ tenant: 'acme', subject: 'key-1', permissions: PERMISSIONS }, SECRET);
    const response = await fetch(`${urls.get(service) ?? ''}${path}`, {
      method,
      headers: { 'x-holdfast-caller': caller, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return (await response.json()) as Readonly<Record<string, unknown>>;
  };
  const typesOf = async (stream: string): Promise<readonly string[]> =>
    (await runtime.eventStore.readStream(stream)).map(({ type }) => type);
  const rows = async (sql: string): Promise<readonly unknown[]> => (await runtime.database.pool.query(sql)).rows as unknown[];

  it('end in time: the watch hears of holds and orders of every version', async () => {
    const ends = (types: readonly string[]): readonly string[] => types.filter((type) => type.includes('Expired'));
    await eventually(async () => expect(ends(await typesOf('stock-acme.TEE'))).toEqual(['ReservationExpired.v1', 'ReservationExpired.v1']));
    await eventually(async () => expect(ends(await typesOf(`order-acme.${ORDER}`))).toEqual(['OrderExpired.v1']));
    expect(await call('GET', 'reservation', `/sales-channel/inventory/reservation/${ORDER}`)).toMatchObject({ status: 'expired' });
  });

  it('are one state in the ledger, and are written in their second version', async () => {
    const at = Date.now();
    const command = { type: 'PlaceReservation', at, commandId: randomUUID(), reservationId: 'rs_2', orderId: 'o-2', quantity: 2 } as const;
    const placed = await runtime.ledger.execute(
      { tenant: 'acme', sku: 'TEE' },
      { ...command, ttlMs: HOLDS_LIVE_MS, requestHash: 'h', sources: [{ locationId: 'BER', priority: 1 }] },
    );
    expect(placed).toMatchObject({ kind: 'accepted' });
    const { state } = await runtime.ledger.read({ tenant: 'acme', sku: 'TEE' });
    expect(state.description).toMatchObject({ name: 'Tee', lowStockThreshold: 7 });
    expect(state.reservations.get('rs_2')).toMatchObject({ expiresAt: at + HOLDS_LIVE_MS });
    expect(await typesOf('stock-acme.TEE')).toContain('ReservationPlaced.v2');
    await eventually(async () =>
      expect((await typesOf('stock-acme.TEE')).filter((type) => type === 'ReservationExpired.v1')).toHaveLength(3),
    );
  });

  it('are in the rows of the projection, of alerts and of transfers', async () => {
    const holds = 'SELECT reservation_id FROM read_model.reservations WHERE expires_at IS NOT NULL ORDER BY 1';
    await eventually(async () => expect(await rows(holds)).toEqual([ORDER, 'rs_1', 'rs_2'].map((id) => ({ reservation_id: id }))));
    await eventually(async () =>
      expect(await rows("SELECT low_stock_threshold AS t FROM read_model.products WHERE sku = 'TEE'")).toEqual([{ t: '7' }]),
    );
    expect(await rows("SELECT priority FROM read_model.locations WHERE location_id = 'BER'")).toEqual([{ priority: 1 }]);
    expect(await rows('SELECT name FROM read_model.channels')).toEqual([{ name: 'Web shop' }]);
    await eventually(async () => expect(await rows('SELECT from_location_id AS f FROM workflow.transfer')).toEqual([{ f: 'BER' }]));
    await eventually(async () =>
      expect(await call('GET', 'workflow', '/sales-channel/inventory/alerts/low-stock')).toMatchObject({
        alerts: expect.arrayContaining([expect.objectContaining({ sku: 'TEE', threshold: 7 })]),
      }),
    );
  });

  it('are known to the services that read streams themselves', async () => {
    expect(
      await call('PUT', 'channel-connector', '/sales-channel/channels/web', { webhook: { url: 'https://shop.invalid/' } }),
    ).toMatchObject({ name: 'Web shop' });
    expect(await call('GET', 'workflow', '/api/inventory/transfers/tr_1')).toMatchObject({ fromLocationId: 'BER' });
    const body = { items: [{ sku: 'TEE', quantity: 1 }], orderId: 'o-3', channelId: 'web', ttl: 1 };
    expect(await call('POST', 'reservation', '/sales-channel/inventory/reserve', body)).toMatchObject({
      status: 'held',
      lines: [{ sources: [{ locationId: 'BER', quantity: 1, because: 'priority 1' }] }],
    });
  });

  it('go out on the topic in their newest version', async () => {
    const seen = new Map<string, unknown>();
    const tail = await runtime.bus.tail({
      topics: [TOPICS.stockEvents.name],
      from: 'earliest',
      onMessages: async (messages) => {
        for (const { value } of messages) {
          const message = JSON.parse(String(value)) as { readonly type: string; readonly data: { readonly event: object } };
          seen.set(message.type, message.data.event);
        }
      },
    });
    for (const family of Object.values(STREAMS)) {
      for (const name of Object.keys(SECOND_VERSIONS[family.name])) {
        await eventually(() => expect([...seen.keys()]).toContain(`holdfast.stock.${name}.v2`));
        expect([...seen.keys()]).not.toContain(`holdfast.stock.${name}.v1`);
      }
    }
    expect(seen.get('holdfast.stock.LocationRegistered.v2')).toMatchObject({ priority: 1 });
    await tail.stop();
  });

  it('are certified under the type that they were stored with', async () => {
    const types: string[] = [];
    for await (const part of certify(runtime.eventStore, { tenant: 'acme', sku: 'TEE' })) {
      if (part.kind === 'steps') types.push(...part.steps.map(({ type }) => type));
      if (part.kind === 'conclusion') expect(part.conclusion).toMatchObject({ holds: true, totals: [{ locationId: 'BER', onHand: 3 }] });
    }
    expect(types).toEqual(expect.arrayContaining(['ReservationPlaced.v1', 'ReservationPlaced.v2']));
  });

  it('are verified: every stream is sound, and a rebuild says what the tables say', async () => {
    const silent = Object.assign(new Progress(), { show: () => undefined, say: () => undefined, end: () => undefined });
    expect(await verify(runtime, silent)).toMatchObject({ violations: 0, equal: true });
  });
});
