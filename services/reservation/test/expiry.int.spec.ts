import { randomUUID } from 'node:crypto';
import { START, type RecordedEvent } from '@holdfast/event-store';
import { eventually, ServiceUnderTest, type Answer } from './service.js';

describe('the watch over reservations', () => {
  let shop: ServiceUnderTest;
  beforeAll(async () => {
    shop = await ServiceUnderTest.start();
  });
  afterAll(() => shop.stop());

  const reserve = async (units: Readonly<Record<string, number>>, ttl: number): Promise<string> => {
    const items = Object.entries(units).map(([sku, quantity]) => ({ sku, quantity }));
    const answer = await shop.reserve({ items, orderId: randomUUID(), ttl });
    expect(answer.status).toBe(201);
    return String(answer.body['reservationId']);
  };

  const expiries = async (prefix: string): Promise<readonly RecordedEvent[]> => {
    const streamPrefixes = [`stock-acme.${prefix}`];
    const { events } = await shop.runtime.eventStore.readAll({
      after: START,
      limit: 10_000,
      filter: { streamPrefixes, types: ['ReservationExpired.v1'] },
    });
    return events;
  };

  /** How late, in milliseconds, a timer and one statement come on this machine at the worst, until asked. */
  function lateness(): () => Promise<number> {
    let isOver = false;
    const measured = (async (): Promise<number> => {
      let worst = 0;
      while (!isOver) {
        const began = performance.now();
        await new Promise((resolve) => setTimeout(resolve, 20));
        await shop.runtime.database.pool.query('select 1');
        worst = Math.max(worst, performance.now() - began - 20);
      }
      return worst;
    })();
    return () => {
      isOver = true;
      return measured;
    };
  }

  it('writes every expiry within a second of its time, and what this machine is late by itself', async () => {
    const count = 400;
    const machine = lateness();
    for (let sku = 0; sku < 20; sku += 1) await shop.stock(`late-${sku}`, 1_000);
    await Promise.all(Array.from({ length: count }, (_, index) => reserve({ [`late-${index % 20}`]: 1 }, 1 + (index % 3))));
    await eventually(async () => expect(await expiries('late-')).toHaveLength(count));
    const lateMs = (await expiries('late-'))
      .map(({ metadata, data }) => metadata.at - (data as { expiresAt: number }).expiresAt)
      .sort((a, b) => a - b);
    expect(lateMs[0]).toBeGreaterThanOrEqual(0);
    // A batch of expiries is a few steps one after the other.
    expect(lateMs[Math.floor(count * 0.99)]).toBeLessThanOrEqual(1_000 + 5 * (await machine()));
    for (let sku = 0; sku < 20; sku += 1) expect((await shop.units(`late-${sku}`)).reserved).toBe(0);
  });

  it('ends an order of several SKUs as a whole', async () => {
    await shop.stock('both-1', 3);
    await shop.stock('both-2', 3);
    const id = await reserve({ 'both-1': 1, 'both-2': 2 }, 1);
    await eventually(async () => expect(await expiries('both-')).toHaveLength(2));
    await eventually(async () => expect((await shop.find(id)).body['status']).toBe('expired'));
    expect(await shop.wish('commit', id)).toMatchObject({ status: 409, body: { code: 'reservation_expired' } });
    expect(await shop.wish('release', id)).toMatchObject({ status: 409, body: { code: 'reservation_expired' } });
  });

  it('leaves alone what was extended', async () => {
    await shop.stock('longer', 3);
    const id = await reserve({ longer: 1 }, 5);
    const expiresAt = Date.parse(String((await shop.find(id)).body['expiresAt']));
    expect((await shop.wish('extend', id, { ttl: 600 })).status).toBe(200);
    await new Promise((resolve) => setTimeout(resolve, Math.max(0, expiresAt + 500 - Date.now())));
    expect((await shop.find(id)).body['status']).toBe('held');
    expect(await expiries('longer')).toHaveLength(0);
  });
});

describe('the watch after a restart', () => {
  it('goes on from what was open before, and ends what came due in between', async () => {
    const engines = await ServiceUnderTest.start({ serve: false });
    await engines.stock('kept', 10);
    await engines.stock('kept-2', 10);
    const before = await ServiceUnderTest.start({ beside: engines });
    const reserve = (skus: readonly string[], ttl: number): Promise<Answer> =>
      before.reserve({ items: skus.map((sku) => ({ sku, quantity: 1 })), orderId: randomUUID(), ttl });
    const answers = [
      await reserve(['kept'], 1),
      await reserve(['kept', 'kept-2'], 1),
      await reserve(['kept'], 600),
      await reserve(['kept', 'kept-2'], 600),
    ];
    expect(answers.map(({ status }) => status)).toEqual([201, 201, 201, 201]);
    await before.stop();
    // Not everything: what came last may not have been heard of yet, and is read again.
    const { rows } = await engines.runtime.database.pool.query('SELECT key FROM reservation.open_work');
    expect(rows.length).toBeGreaterThan(0);

    const after = await ServiceUnderTest.start({ beside: engines });
    await eventually(async () => expect(await after.units('kept')).toEqual({ onHand: 10, reserved: 2 }));
    await eventually(async () => expect(await after.units('kept-2')).toEqual({ onHand: 10, reserved: 1 }));
    await eventually(async () => {
      const statuses = await Promise.all(answers.map(async ({ body }) => (await after.find(body['reservationId'])).body['status']));
      expect(statuses).toEqual(['expired', 'expired', 'held', 'held']);
    });
    await after.stop();
    await engines.stop();
  });
});

describe('a competitor', () => {
  it('gets the units of an overdue hold in the moment in which its time is over, whether anybody wrote that down or not', async () => {
    let skewMs = 0;
    const shop = await ServiceUnderTest.start({
      around: (runtime) => ({ ...runtime, clock: { now: () => Date.now() + skewMs } }),
      // No timer ever fires, so that nobody but competitors ends anything.
      surroundings: { timers: { after: () => () => undefined } },
    });
    await shop.stock('last', 1);
    const body = { items: [{ sku: 'last', quantity: 1 }], orderId: 'first', ttl: 60 };
    const first = await shop.reserve(body);
    const expiresAt = Date.parse(String(first.body['expiresAt']));

    expect((await shop.reserve({ ...body, orderId: 'early' })).status).toBe(409);
    skewMs = expiresAt - Date.now() + 1;
    expect((await shop.find(first.body['reservationId'])).body['status']).toBe('expired');
    expect((await shop.reserve({ ...body, orderId: 'rival' })).status).toBe(201);
    expect(await shop.wish('commit', first.body['reservationId'])).toMatchObject({ status: 409, body: { code: 'reservation_expired' } });
    expect(await shop.units('last')).toEqual({ onHand: 1, reserved: 1 });
    await shop.stop();
  });
});
