import { EventStoreUnavailable, type EventStore } from '@holdfast/event-store';
import { LedgerBusy, type SkuLedger } from '@holdfast/ledger';
import { aroundStore } from './around-store.js';
import { eventually, ServiceUnderTest } from './service.js';

describe('reservations while an engine is away', () => {
  /** Stored or not, the answer to appends of these events is lost. */
  let lost: { readonly types: readonly string[]; readonly stored: boolean } | undefined;
  let busySku: string | undefined;
  let shop: ServiceUnderTest;

  const losing = (store: EventStore): EventStore =>
    aroundStore(store, {
      async append(stream, expected, events) {
        const fault = lost?.types.some((type) => events.some((event) => event.type === `${type}.v1`)) === true ? lost : undefined;
        if (fault === undefined || fault.stored) {
          const result = await store.append(stream, expected, events);
          if (fault === undefined) return result;
        }
        throw new EventStoreUnavailable('no answer');
      },
    });
  const turningAway = (ledger: SkuLedger): SkuLedger => ({
    read: (ref) => ledger.read(ref),
    drain: () => ledger.drain(),
    execute: (ref, command, context) =>
      ref.sku === busySku ? Promise.reject(new LedgerBusy(ref, 1_500)) : ledger.execute(ref, command, context),
  });

  beforeAll(async () => {
    shop = await ServiceUnderTest.start({
      around: (runtime) => ({ ...runtime, eventStore: losing(runtime.eventStore), ledger: turningAway(runtime.ledger) }),
    });
  });
  beforeEach(async () => {
    lost = busySku = undefined;
    await shop.stock('x', 5);
    await shop.stock('y', 5);
  });
  afterAll(() => shop.stop());

  const cart = (orderId: string) => ({
    items: [
      { sku: 'x', quantity: 1 },
      { sku: 'y', quantity: 2 },
    ],
    orderId,
  });

  const expectNothingHeld = async (): Promise<void> =>
    eventually(async () => {
      expect(await shop.units('x')).toMatchObject({ reserved: 0 });
      expect(await shop.units('y')).toMatchObject({ reserved: 0 });
    });

  for (const stored of [true, false]) {
    it(`answers 503 where OrderHeld is ${stored ? 'stored but not answered' : 'lost'}, and serves the same request once the store is back`, async () => {
      const key = `OrderHeld ${String(stored)}`;
      lost = { types: ['OrderHeld', 'OrderRefused'], stored };
      expect(await shop.reserve(cart(key), { key })).toMatchObject({
        status: 503,
        retryAfter: expect.any(String),
        body: { code: 'event_store_unavailable' },
      });
      lost = undefined;
      const answer = await shop.reserve(cart(key), { key });
      expect(answer).toMatchObject({ status: 201, body: { status: 'held' } });
      expect((await shop.units('x')).reserved).toBe(1);
      expect((await shop.units('y')).reserved).toBe(2);
      expect((await shop.wish('release', answer.body['reservationId'])).status).toBe(200);
      await expectNothingHeld();
    });
  }

  it('ends by itself what nobody asks for again', async () => {
    lost = { types: ['OrderHeld'], stored: false };
    expect((await shop.reserve(cart('abandoned'))).status).toBe(503);
    lost = undefined;
    expect((await shop.units('y')).reserved).toBe(2);
    await expectNothingHeld();
  });

  it('completes by itself a commit that was decided on', async () => {
    const { body } = await shop.reserve(cart('decided'));
    lost = { types: ['OrderCommitted'], stored: false };
    expect((await shop.wish('commit', body['reservationId'])).status).toBe(503);
    lost = undefined;
    await eventually(async () => expect((await shop.find(body['reservationId'])).body['status']).toBe('committed'));
    expect(await shop.units('x')).toEqual({ onHand: 4, reserved: 0 });
    expect(await shop.units('y')).toEqual({ onHand: 3, reserved: 0 });
  });

  it('answers 503 with the time to wait where the queue of a SKU is full, and holds nothing', async () => {
    busySku = 'y';
    for (const body of [{ items: [{ sku: 'y', quantity: 1 }], orderId: 'one' }, cart('several')]) {
      expect(await shop.reserve(body)).toMatchObject({ status: 503, retryAfter: '2', body: { code: 'sku_busy' } });
    }
    expect((await shop.units('x')).reserved).toBe(0);
  });
});
