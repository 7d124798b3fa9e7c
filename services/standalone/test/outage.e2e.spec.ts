import { setTimeout as sleep } from 'node:timers/promises';
import {
  Api,
  eventually,
  startFaultProxy,
  startHoldfast,
  startOwnTestPostgres,
  type FaultProxy,
  type RunningHoldfast,
} from '@holdfast/testing';
import { smallShop, type SmallShop } from './shop.js';

const GONE_MS = 10_000;

interface Outage {
  readonly engine: string;
  /** Name of the check in `/health/ready`. */
  readonly check: string;
  /** Environment that leads Holdfast to the engine, and how to take it away and bring it back. */
  open(): Promise<{ env: Readonly<Record<string, string>>; cut(): Promise<void>; mend(): Promise<void>; close(): Promise<void> }>;
}

const throughProxy = (
  proxy: FaultProxy,
  env: Readonly<Record<string, string>>,
  close: () => Promise<void>,
): Awaited<ReturnType<Outage['open']>> => ({
  env,
  cut: async () => Promise.resolve(proxy.cut()),
  mend: async () => Promise.resolve(proxy.mend()),
  async close() {
    await proxy.close();
    await close();
  },
});

const postgres: Outage = {
  engine: 'Postgres',
  check: 'database',
  async open() {
    const server = await startOwnTestPostgres({ durable: true });
    const socketFolder = new URL(server.connectionString).searchParams.get('host') ?? '';
    const proxy = await startFaultProxy(`${socketFolder}/.s.PGSQL.5432`);
    return throughProxy(proxy, { DATABASE_URL: `postgres://holdfast@127.0.0.1:${String(proxy.port)}/postgres` }, () => server.stop());
  },
};

const eventStoreDb: Outage = {
  engine: 'EventStoreDB',
  check: 'event_store',
  async open() {
    const proxy = await startFaultProxy(Number(new URL(process.env['EVENTSTOREDB_URL'] ?? '').port));
    return throughProxy(proxy, { EVENTSTOREDB_URL: `esdb://127.0.0.1:${String(proxy.port)}?tls=false` }, () => Promise.resolve());
  },
};

/** Whoever started Kafka for the tests can stop it and start it again: its clients connect to an address that it names itself. */
const kafka: Outage = {
  engine: 'Kafka',
  check: 'bus',
  open() {
    const control = process.env['HOLDFAST_ENGINES_CONTROL'] ?? '';
    const tell = async (verb: string): Promise<void> => {
      const answer = await fetch(`${control}/kafka/${verb}`, { method: 'POST' });
      if (!answer.ok) throw new Error(`the engines' control answered ${String(answer.status)}`);
    };
    return Promise.resolve({ env: {}, cut: () => tell('stop'), mend: () => tell('start'), close: () => Promise.resolve() });
  },
};

const outages = [
  postgres,
  ...(process.env['EVENTSTOREDB_URL'] === undefined ? [] : [eventStoreDb]),
  ...(process.env['KAFKA_BROKERS'] === undefined || process.env['HOLDFAST_ENGINES_CONTROL'] === undefined ? [] : [kafka]),
];

describe.each(outages)('$engine away for ten seconds under load', (outage) => {
  let opened: Awaited<ReturnType<Outage['open']>>;
  let holdfast: RunningHoldfast;
  let shop: SmallShop;

  beforeAll(async () => {
    opened = await outage.open();
    holdfast = await startHoldfast({ env: opened.env });
    shop = await smallShop(holdfast);
  });

  afterAll(async () => {
    await holdfast.stop();
    await opened.close();
  });

  it('loses no acknowledged write, leaves no half order, says so, and recovers by itself', async () => {
    const [first, second] = [shop.sku('PAIR-A'), shop.sku('PAIR-B')];
    await shop.level(first, shop.north, 100_000);
    await shop.level(second, shop.north, 100_000);
    let stop = false;
    const confirmed: string[] = [];
    const buyers = Array.from({ length: 8 }, async (_, buyer) => {
      for (let order = 0; !stop; order += 1)
        confirmed.push(...(await buyPair(shop.api, first, second, `${first}-${String(buyer)}-${String(order)}`)));
    });

    await sleep(1_500);
    await opened.cut();
    const ready = async (): Promise<{ status: number; body: unknown }> => new Api(holdfast.url, undefined).get('/health/ready');
    await eventually(ready, (answer) => answer.status === 503);
    await sleep(GONE_MS);
    await opened.mend();
    await eventually(ready, (answer) => answer.status === 200);
    const before = confirmed.length;
    await eventually(
      () => Promise.resolve(confirmed.length),
      (count) => count > before + 20,
    );
    stop = true;
    await Promise.all(buyers);

    expect(confirmed.length).toBeGreaterThan(20);
    const left = 100_000 - confirmed.length;
    for (const sku of [first, second]) {
      await eventually(
        () => shop.item(sku, shop.north),
        (item) => item?.quantityOnHand === left && item.quantityReserved === 0,
      );
    }
  });
});

/** Reserves one unit of both and commits; tries each step again under its key until it has an answer. The order, once it is confirmed. */
async function buyPair(api: Api, first: string, second: string, orderId: string): Promise<string[]> {
  const items = [
    { sku: first, quantity: 1 },
    { sku: second, quantity: 1 },
  ];
  const reserved = await persist(api, '/sales-channel/inventory/reserve', { items, orderId }, `reserve-${orderId}`);
  if (reserved.status !== 201) throw new Error(`reserve: ${String(reserved.status)} ${JSON.stringify(reserved.body)}`);
  const { reservationId } = reserved.body as { reservationId: string };
  const committed = await persist(
    api,
    `/sales-channel/inventory/reservation/${encodeURIComponent(reservationId)}/commit`,
    {},
    `commit-${orderId}`,
  );
  if (committed.status !== 200) throw new Error(`commit: ${String(committed.status)} ${JSON.stringify(committed.body)}`);
  return [orderId];
}

async function persist(api: Api, path: string, body: unknown, key: string): Promise<{ status: number; body: unknown }> {
  for (;;) {
    const answer = await api
      .with({ 'idempotency-key': key })
      .post(path, body)
      .catch(() => undefined);
    if (answer !== undefined && answer.status < 500) return answer;
    await sleep(100);
  }
}
