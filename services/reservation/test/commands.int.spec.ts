import { messageDataSchemas, validatorOf } from '@holdfast/contracts';
import { BusUnavailable, type Bus } from '@holdfast/messaging';
import type { Database, Runtime } from '@holdfast/runtime';
import { PostgresResults } from '../src/topic-commands/postgres-results.js';
import { ChannelAdapter } from './channel-adapter.js';
import { eventually, ServiceUnderTest } from './service.js';

let service: ServiceUnderTest;
let shop: ChannelAdapter;
let skus = 0;

const stocked = async (units: number): Promise<string> => {
  const sku = `ASYNC-${(skus += 1)}`;
  await service.stock(sku, units);
  return sku;
};
const order = (sku: string, quantity: number, orderId = 'o-1') => ({ orderId, items: [{ sku, quantity }] });

beforeAll(async () => {
  service = await ServiceUnderTest.start();
  shop = await ChannelAdapter.at(service.runtime.bus);
});
afterAll(async () => {
  await shop.leave();
  await service.stop();
});

describe('commands of the topic', () => {
  it('hold, extend, commit in part and release as the HTTP requests do, and answer under the key of the command', async () => {
    const sku = await stocked(10);
    await shop.send('r-1', 'reserve', { ...order(sku, 5), ttl: 60 }, { key: 'acme|o-77' });
    const held = await shop.result('r-1');
    expect(held).toMatchObject({
      outcome: 'done',
      status: 201,
      command: { source: 'urn:shop:web', id: 'r-1', kind: 'reserve' },
      reservation: { orderId: 'o-1', status: 'held', lines: [{ sku, quantity: 5, committed: 0 }] },
    });
    expect(shop.of('r-1')[0]).toMatchObject({ key: 'acme|o-77', message: { tenant: 'acme', subject: 'o-1' } });
    expect(validatorOf(messageDataSchemas['holdfast.reservation.result.v1'])(held)).toEqual([]);

    const reservationId = held.reservation?.reservationId ?? '';
    await shop.send('e-1', 'extend', { reservationId, ttl: 600 });
    await shop.send('c-1', 'commit', { reservationId, lines: [{ sku, quantity: 2 }] });
    await shop.send('p-1', 'release', { reservationId, lines: [{ sku, quantity: 1 }] });
    await shop.send('x-1', 'release', { reservationId });
    expect(Date.parse((await shop.result('e-1')).reservation?.expiresAt ?? '')).toBeGreaterThan(Date.now() + 500_000);
    expect(await shop.result('c-1')).toMatchObject({ outcome: 'done', status: 200, reservation: { lines: [{ committed: 2 }] } });
    expect(await shop.result('p-1')).toMatchObject({ outcome: 'done', reservation: { status: 'held', lines: [{ released: 1 }] } });
    expect(await shop.result('x-1')).toMatchObject({ outcome: 'done' });
    expect(await service.units(sku)).toEqual({ onHand: 8, reserved: 0 });
    expect((await service.find(reservationId)).body).toMatchObject({ reservationId });
  });

  it('are refused by the code and the figures of HTTP', async () => {
    const sku = await stocked(1);
    await shop.send('short', 'reserve', order(sku, 3));
    await shop.send('nobody', 'commit', { reservationId: 'rs_VEVF.5b7f5c9e-0d7e-5c3b-9d0e-0c8f6a2d4e11' });
    await shop.send('nowhere', 'reserve', { ...order(sku, 1), locationId: 'ATLANTIS' });
    await shop.send('half a place', 'reserve', { ...order(sku, 1), destination: { latitude: 1 } });
    const overHttp = await service.reserve(order(sku, 3));
    expect(await shop.result('short')).toMatchObject({
      outcome: 'refused',
      status: 409,
      error: { code: 'insufficient_stock', message: overHttp.body['error'], details: overHttp.body['details'] },
    });
    expect(await shop.result('nobody')).toMatchObject({ status: 404, error: { code: 'unknown_reservation' } });
    expect(await shop.result('nowhere')).toMatchObject({ status: 404, error: { code: 'unknown_location' } });
    expect(await shop.result('half a place')).toMatchObject({ status: 400, error: { code: 'validation_failed' } });
  });

  it('come again without a second effect, and are answered by the same words', async () => {
    const [sku, other] = [await stocked(4), await stocked(4)];
    const twoSkus = { orderId: 'o-2', items: [...order(sku, 1).items, ...order(other, 1).items] };
    for (let times = 0; times < 3; times += 1) {
      await shop.send('again', 'reserve', order(sku, 3));
      await shop.send('again short', 'reserve', order(sku, 3, 'o-3'));
      await shop.send('again two', 'reserve', twoSkus);
    }
    for (const id of ['again', 'again short', 'again two'])
      expect(new Set((await shop.results(id, 3)).map(({ text }) => text)).size).toBe(1);
    expect((await shop.result('again short')).outcome).toBe('refused');
    expect(await service.units(sku)).toEqual({ onHand: 4, reserved: 4 });
    expect(await service.units(other)).toEqual({ onHand: 4, reserved: 1 });

    // A refusal stays one, though there is enough by now.
    await service.stock(sku, 40);
    await shop.send('again short', 'reserve', order(sku, 3, 'o-3'));
    expect(new Set((await shop.results('again short', 4)).map(({ text }) => text)).size).toBe(1);
  });

  it('with the id of another one are told so, and change nothing', async () => {
    const sku = await stocked(4);
    await shop.send('reused', 'reserve', order(sku, 1));
    await shop.send('reused', 'reserve', order(sku, 2));
    await shop.send('reused', 'reserve', order(sku, 2, 'o-2'), { source: 'urn:shop:other' });
    const heard = await shop.results('reused', 3);
    expect(
      heard.map(({ message }) => [message.source, message.data.command.source, message.data.status, message.data.error?.code]),
    ).toEqual([
      ['urn:holdfast:reservation', 'urn:shop:web', 201, undefined],
      ['urn:holdfast:reservation', 'urn:shop:web', 422, 'idempotency_key_reused'],
      ['urn:holdfast:reservation', 'urn:shop:other', 201, undefined],
    ]);
    expect(new Set(heard.map(({ message }) => message.id)).size).toBe(3);
    expect(await service.units(sku)).toEqual({ onHand: 4, reserved: 3 });
  });

  it('that cannot be read become dead letters with the reason, and hold nobody up', async () => {
    const sku = await stocked(4);
    await shop.publish(
      { key: 'acme|o-1', value: 'no JSON' },
      shop.command('no lines', 'reserve', { orderId: 'o-1', items: [] }),
      shop.command('a dot', 'reserve', order(sku, 1), { tenant: 'acme.b' }),
      shop.command('after them', 'reserve', order(sku, 1)),
    );
    expect(await shop.result('after them')).toMatchObject({ outcome: 'done' });
    expect(await shop.result('no lines')).toMatchObject({ outcome: 'refused', status: 400, error: { code: 'schema_violation' } });
    await eventually(() =>
      expect(shop.deadLetters.map(({ reason }) => reason.code)).toEqual(['not_json', 'schema_violation', 'schema_violation']),
    );
    expect(shop.deadLetters[1]?.reason.message).toContain('data.items');
    expect(shop.of('a dot')).toEqual([]);
  });

  it('may be handed in over HTTP, and their results asked for', async () => {
    const sku = await stocked(4);
    const commands = [
      { id: 'handed-in', kind: 'reserve', data: order(sku, 3) },
      { id: 'no units', kind: 'reserve', data: order(sku, 0) },
      { id: 'too much', kind: 'reserve', data: order(sku, 5, 'o-2') },
    ];
    const handIn = () => service.call('POST', '/v1/reservations/commands', { source: 'urn:shop:poller', commands });
    const { status, body } = await handIn();
    const { accepted, rejected } = body as { accepted: { id: string; commandId: string }[]; rejected: object[] };
    expect(status).toBe(202);
    expect(accepted.map(({ id }) => id)).toEqual(['handed-in', 'too much']);
    expect(rejected).toEqual([{ index: 1, code: 'schema_violation', message: 'data.items.0.quantity must be at least 1' }]);

    const result = (commandId = '', options = {}) => service.call('GET', `/v1/reservations/commands/${commandId}`, undefined, options);
    const [heard] = await shop.results('handed-in');
    await shop.results('too much');
    expect(heard?.key).toBe('acme|o-1');
    expect((await result(accepted[0]?.commandId)).body).toEqual(heard?.message.data);
    expect((await result(accepted[1]?.commandId)).body).toMatchObject({ outcome: 'refused', error: { code: 'insufficient_stock' } });
    expect(await result(accepted[0]?.commandId, { tenant: 'other' })).toMatchObject({ status: 404, body: { code: 'no_result' } });
    expect(await result('nonsense')).toMatchObject({ status: 404, body: { code: 'no_result' } });

    // Handed in again, it is published again, and answered as it was.
    expect((await handIn()).body).toEqual(body);
    await shop.results('handed-in', 2);
    expect(await service.units(sku)).toEqual({ onHand: 4, reserved: 3 });
    const may = { permissions: ['reservations.read'] };
    expect((await service.call('POST', '/v1/reservations/commands', { commands }, may)).status).toBe(403);
  });

  it('are remembered for longer than the topic keeps them, and no longer', async () => {
    const sku = await stocked(4);
    await shop.send('old', 'reserve', order(sku, 1));
    await shop.send('young', 'reserve', order(sku, 1, 'o-2'));
    const [old, young] = [await shop.result('old'), await shop.result('young')];
    const { pool } = service.runtime.database;
    const aged = `UPDATE reservation.command_results SET answered_at = now() - interval '15 days' WHERE command_id = $1`;
    await pool.query(aged, [old.commandId]);
    const memory = new PostgresResults(pool);
    await memory.forget();
    expect(await memory.find(old.commandId)).toBeUndefined();
    expect(await memory.find(young.commandId)).toMatchObject({ outcome: 'done' });
  });

  it('of one key keep their order among hundreds of other keys', async () => {
    const names = await Promise.all([stocked(5_000), stocked(5_000), stocked(5_000)]);
    const messages = Array.from({ length: 300 }, (_none, n) => {
      const sku = names[n % names.length] ?? '';
      return shop.command(`many-${n}`, 'reserve', order(sku, 1, `o-${n}`), { key: `acme|o-${n % 50}` });
    });
    await shop.publish(...messages);
    await eventually(() => expect(shop.heard.filter(({ message }) => message.data.command.id.startsWith('many-'))).toHaveLength(300));
    const byKey = new Map<string, number[]>();
    for (const { key, message } of shop.heard) {
      const [, n] = /^many-(\d+)$/.exec(message.data.command.id) ?? [];
      if (n !== undefined) byKey.set(key, [...(byKey.get(key) ?? []), Number(n)]);
    }
    expect(byKey.size).toBe(50);
    for (const order of byKey.values()) expect(order).toEqual([...order].sort((left, right) => left - right));
    const held = await Promise.all(names.map((sku) => service.units(sku)));
    expect(held.map(({ reserved }) => reserved)).toEqual([100, 100, 100]);
  });

  it.each([
    ['remembering the results', (runtime: Runtime): Runtime => ({ ...runtime, database: failingRemember(runtime.database) })],
    ['publishing them', (runtime: Runtime): Runtime => ({ ...runtime, bus: silent(runtime.bus) })],
  ])('are carried out once though the process ends before %s', async (_, around) => {
    const first = await ServiceUnderTest.start({ around });
    const adapter = await ChannelAdapter.at(first.runtime.bus);
    await first.stock('A', 4);
    await first.stock('B', 4);
    await adapter.publish(
      adapter.command('one', 'reserve', order('A', 3), { key: 'a' }),
      adapter.command('two', 'reserve', { orderId: 'o', items: [...order('A', 1).items, ...order('B', 1).items] }, { key: 'b' }),
      adapter.command('none', 'reserve', order('B', 9), { key: 'c' }),
    );
    await eventually(async () => {
      expect(await first.units('A')).toEqual({ onHand: 4, reserved: 4 });
      expect(await first.units('B')).toEqual({ onHand: 4, reserved: 1 });
    });
    await first.service?.stop();
    expect(adapter.heard).toEqual([]);

    const next = await ServiceUnderTest.start({ beside: first });
    const [one, two, none] = await Promise.all(['one', 'two', 'none'].map((id) => adapter.result(id)));
    expect([one?.reservation?.status, two?.reservation?.status, none?.error?.code]).toEqual(['held', 'held', 'insufficient_stock']);
    expect(await next.units('A')).toEqual({ onHand: 4, reserved: 4 });
    expect(await next.units('B')).toEqual({ onHand: 4, reserved: 1 });
    await adapter.leave();
    await next.stop();
    await first.stopEngines();
  });
});

const silent = (bus: Bus): Bus => ({
  ensureTopics: (topics) => bus.ensureTopics(topics),
  consume: (options) => bus.consume(options),
  tail: (options) => bus.tail(options),
  ping: () => bus.ping(),
  close: () => bus.close(),
  publish: () => Promise.reject(new BusUnavailable('the bus takes no messages')),
});

/** A database that cannot store results of commands. */
function failingRemember(database: Database): Database {
  const query = (sql: string, values: unknown[]): Promise<unknown> =>
    sql.includes('INSERT INTO reservation.command_results')
      ? Promise.reject(Object.assign(new Error('away'), { code: 'ECONNREFUSED' }))
      : database.pool.query(sql, values);
  return {
    ...database,
    pool: new Proxy(database.pool, { get: (pool, name): unknown => (name === 'query' ? query : Reflect.get(pool, name)) }),
  };
}
