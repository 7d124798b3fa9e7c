import { createWebhookReceiver } from '@holdfast/channel-connector';
import { ConnectionError, Holdfast, signWebhook, type Change, type HoldfastOptions, type InventoryUpdated } from '@holdfast/client';
import { createLogger, loadConfig } from '@holdfast/platform';
import { eventually, startFaultProxy, startTestPostgres, unique, type FaultProxy, type TestPostgres } from '@holdfast/testing';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startStandalone, type Standalone } from '../src/standalone.js';

const BER = 'BER';
let postgres: TestPostgres;
let server: Standalone;
let folder: string;
let holdfast: Holdfast;

const client = (options: Partial<HoldfastOptions> = {}): Holdfast => new Holdfast({ url: server.url, key: server.key, ...options });

/** Sends every request on, and loses the answers that it is told to. */
function losing(isLost: (sent: number) => boolean): { readonly fetch: typeof fetch; sent: number } {
  const losses = {
    sent: 0,
    fetch: async (...given: Parameters<typeof fetch>): Promise<Response> => {
      const response = await fetch(...given);
      losses.sent += 1;
      if (!isLost(losses.sent)) return response;
      await response.text();
      throw new TypeError('the connection broke');
    },
  };
  return losses;
}

const count = (sku: string, quantity: number, on = holdfast) => on.stock.record({ sku, locationId: BER, quantity });
const reserve = (sku: string, quantity: number, on = holdfast) =>
  on.reservations.reserve({ items: [{ sku, quantity }], orderId: unique('order') });
/** Counts, and waits until it is projected: of several changes that are projected at once, one version is told. */
const countAlone = async (sku: string, quantity: number): Promise<void> => {
  await count(sku, quantity);
  expect((await levelOf(sku))?.quantityOnHand).toBe(quantity);
};
const levelOf = async (sku: string, on = holdfast) => (await on.items.list({ productMasterId: sku, locationId: BER })).items[0];

beforeAll(async () => {
  postgres = await startTestPostgres();
  folder = mkdtempSync(join(tmpdir(), 'holdfast-client-'));
  const config = loadConfig({
    DATABASE_URL: postgres.connectionString,
    HOLDFAST_DATA: folder,
    HOLDFAST_API_KEY: 'hf_client_of_the_tests_0123456789',
    HOLDFAST_SAMPLE: '0',
    HOLDFAST_LOG_LEVEL: 'silent',
    PORT: '0',
  });
  server = await startStandalone(config, createLogger(config, 'test'));
  holdfast = client();
  await holdfast.locations.put({ locationId: BER, name: 'Berlin' });
});
afterAll(async () => {
  await server.stop();
  await postgres.stop();
  rmSync(folder, { recursive: true, force: true });
});

describe('the client before all services', () => {
  it('takes a write effect once whose answer is lost, and gives its first answer', async () => {
    const sku = unique('LOST');
    await count(sku, 5);
    const losses = losing((sent) => sent < 3);
    const { value, attempts, replayed } = await reserve(sku, 2, client({ fetch: losses.fetch })).answer();
    expect({ status: value.status, attempts, replayed }).toEqual({ status: 'held', attempts: 3, replayed: true });
    expect(await levelOf(sku)).toMatchObject({ quantityOnHand: 5, quantityReserved: 2 });
  });

  it('settles a write that was given up, by the key that its error carries', async () => {
    const sku = unique('GIVEN-UP');
    await count(sku, 5);
    const body = { items: [{ sku, quantity: 2 }], orderId: unique('order') };
    const error: unknown = await client({ fetch: losing(() => true).fetch, retries: 1 })
      .reservations.reserve(body)
      .catch((thrown: unknown) => thrown);
    if (!(error instanceof ConnectionError) || error.idempotencyKey === undefined) throw error;
    const settled = await holdfast.reservations.reserve(body, { idempotencyKey: error.idempotencyKey }).answer();
    expect(settled.replayed).toBe(true);
    expect(await levelOf(sku)).toMatchObject({ quantityReserved: 2 });
  });

  it('reads what it wrote, each time', async () => {
    const sku = unique('OWN');
    for (let quantity = 1; quantity <= 25; quantity += 1) {
      await countAlone(sku, quantity);
    }
    const { position } = await holdfast.items.list({ productMasterId: sku }).answer();
    expect(position).toBeGreaterThanOrEqual(holdfast.position ?? 0n);
  });

  it('gives a refusal as a value with its figures', async () => {
    const sku = unique('SHORT');
    await count(sku, 1);
    const outcome = await holdfast.outcome(reserve(sku, 3));
    expect(outcome).toMatchObject({ ok: false, code: 'insufficient_stock', details: [{ sku, requested: 3, available: 1 }] });
  });

  it('applies lines in bulk and lists what they made, page by page', async () => {
    const prefix = unique('BULK');
    const lines = Array.from({ length: 25 }, (_, index) => ({ sku: `${prefix}-${String(index + 10)}`, locationId: BER, quantity: index }));
    const results: (number | undefined)[] = [];
    for await (const { line, onHand } of holdfast.bulk([...lines, { sku: prefix, locationId: 'NOWHERE', quantity: 1 }]))
      results[line] = onHand;
    expect(results).toEqual([...lines.map(({ quantity }) => quantity), undefined]);
    const listed: string[] = [];
    for await (const { sku } of holdfast.products.list({ search: prefix, limit: 10 })) listed.push(sku);
    expect(listed).toEqual(lines.map(({ sku }) => sku));
  });

  it('lists reservations by whom they are for, of one SKU and of several', async () => {
    const [one, other, holderId] = [unique('ONE'), unique('OTHER'), unique('customer')];
    for (const sku of [one, other]) await count(sku, 5);
    const placed: string[] = [];
    for (const skus of [[one], [one, other]]) {
      const items = skus.map((sku) => ({ sku, quantity: 1 }));
      placed.push((await holdfast.reservations.reserve({ items, orderId: unique('order'), holderId })).reservationId);
    }
    const listed: string[] = [];
    for await (const { reservationId, status } of holdfast.reservations.list({ holderId, status: 'held', limit: 1 }))
      listed.push(`${reservationId} ${status}`);
    expect(listed).toEqual(placed.reverse().map((id) => `${id} held`));
  });

  it('explains a figure', async () => {
    const sku = unique('WHY');
    await count(sku, 7);
    await reserve(sku, 3);
    const { figure, units } = await holdfast.sku(sku).explain({ locationId: BER });
    expect({ figure, units }).toEqual({ figure: 'available', units: 4 });
  });

  it('signs a webhook as a receiver expects it', async () => {
    const secret = `whsec_${Buffer.from('a secret for both').toString('base64')}`;
    const receiver = await createWebhookReceiver({ secret });
    try {
      const data = { channelId: 'shop', listings: [{ listingId: 'l1', sku: 'A', quantity: 3, version: 1 }] };
      const event: InventoryUpdated = { type: 'inventory.updated', timestamp: new Date().toISOString(), data };
      const { body, headers } = await signWebhook(event, { secret, id: unique('msg') });
      expect((await fetch(receiver.url, { method: 'POST', body, headers: { ...headers } })).status).toBe(204);
      expect(receiver.listings.get('l1')?.quantity).toBe(3);
    } finally {
      await receiver.close();
    }
  });
});

describe('the stream of the client', () => {
  let proxy: FaultProxy;

  beforeAll(async () => {
    proxy = await startFaultProxy(Number(new URL(server.url).port));
  });
  afterAll(() => proxy.close());

  const through = (): Holdfast => client({ url: `http://127.0.0.1:${String(proxy.port)}` });
  const versionOf = ({ event: { data } }: Change): number => data.version;

  it('tells every version of a figure once and in order, though the network is cut', async () => {
    const sku = unique('CUT');
    const stop = new AbortController();
    const versions: number[] = [];
    let connections = 0;
    const onState = (state: string): void => void (connections += state === 'connected' ? 1 : 0);
    const reading = (async () => {
      for await (const change of through().stream({ sku, topic: 'inventory.atp.v1', signal: stop.signal, onState })) {
        versions.push(versionOf(change));
        if (versions.length === 9) stop.abort();
      }
    })();
    await eventually(
      async () => connections,
      (count) => count === 1,
    );
    for (let quantity = 1; quantity <= 9; quantity += 1) {
      await countAlone(sku, quantity);
      if (quantity % 3 === 0) {
        await eventually(
          async () => versions.length,
          (told) => told >= quantity - 1,
        );
        proxy.cut();
        proxy.mend();
      }
    }
    await reading;
    expect(versions).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(connections).toBeGreaterThan(1);
  });

  it('follows a view from its snapshot on, without a gap', async () => {
    const sku = unique('VIEW');
    await count(sku, 1);
    const seen: number[] = [];
    const view = { load: (options: object) => holdfast.items.list({ productMasterId: sku }, options) };
    for await (const each of through().follow(view, { sku, topic: 'inventory.atp.v1' })) {
      if (each.kind === 'snapshot') {
        seen.push(each.snapshot.items[0]?.quantityOnHand ?? 0);
        for (const quantity of [2, 3]) await countAlone(sku, quantity);
      } else if ('onHand' in each.change.event.data) seen.push(each.change.event.data.onHand);
      if (seen.at(-1) === 3) break;
    }
    expect(seen).toEqual([1, 2, 3]);
  });
});
