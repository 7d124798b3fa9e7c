import { MemoryEventStore, type Position, type RecordedEvent } from '@holdfast/event-store';
import { uuidOf } from '@holdfast/kit';
import { MemoryIdempotencyStore } from '@holdfast/platform';
import { Shop, TENANT } from '../../test/shop.js';
import { OrderStreams } from '../orders/order-streams.js';
import { singleReservationId } from '@holdfast/contracts';
import { AnswerGuard, type GuardCheckpoint } from './answer-guard.js';
import { ANSWERED_BY, answeredRequest } from './kept-answers.js';

class Noted implements GuardCheckpoint {
  position: Position | undefined;
  isAway = false;

  load(): Promise<Position | undefined> {
    return Promise.resolve(this.position);
  }

  save(position: Position): Promise<void> {
    if (this.isAway) return Promise.reject(new Error('the database is away'));
    this.position = position;
    return Promise.resolve();
  }
}

describe('the guard of kept answers', () => {
  let shop: Shop;
  let noted: Noted;
  let answers: MemoryIdempotencyStore;
  let lookedUp: string[][];
  const guards: AnswerGuard[] = [];

  beforeEach(async () => {
    shop = new Shop();
    noted = new Noted();
    answers = new MemoryIdempotencyStore();
    lookedUp = [];
    await shop.stock({ x: 9, y: 9 });
  });
  afterEach(async () => {
    await Promise.all(guards.splice(0).map((guard) => guard.stop()));
  });

  const guarding = async (): Promise<AnswerGuard> => {
    const eventStore = new MemoryEventStore({ log: shop.log });
    const guard = new AnswerGuard({
      eventStore,
      answers: {
        missing: (ids) => {
          lookedUp.push([...ids]);
          return answers.missing(ids);
        },
        remember: (id, tenant, answer) => answers.remember(id, tenant, answer),
      },
      streams: new OrderStreams(eventStore),
      checkpoint: noted,
      clock: shop.time,
      timers: shop.time,
      onFault: () => undefined,
    });
    guards.push(guard);
    await guard.start();
    await shop.time.settle();
    return guard;
  };

  /** A keyed reservation of one SKU; its key. */
  const place = async (context: (id: string) => object = (id) => ({ correlationId: id })): Promise<string> => {
    const id = shop.id();
    const reservationId = singleReservationId('x', id);
    const wish = { reservationId, orderId: id, quantity: 1, ttlMs: 60_000, requestHash: 'hash', sources: [] };
    const command = { type: 'PlaceReservation', at: shop.time.now(), commandId: id, ...wish } as const;
    await shop.process().ledger.execute({ tenant: TENANT, sku: 'x' }, command, context(id));
    return id;
  };
  const keyedOrder = async (): Promise<string> => {
    const request = shop.order({ x: 1, y: 2 });
    await shop.process().orders.reserve({ ...request, context: { correlationId: request.commandId } });
    return request.commandId;
  };

  it('makes again what is missing a moment after the reservation, not before, and looks up each once', async () => {
    await guarding();
    const [single, order] = [await place(), await keyedOrder()];
    await shop.time.advance(1_900);
    expect(lookedUp).toEqual([]);
    await shop.time.advance(1_200);
    expect(await answers.find(single)).toMatchObject({ status: 201, requestHash: 'hash' });
    expect(JSON.parse((await answers.find(order))?.body ?? '{}')).toMatchObject({
      status: 'held',
      lines: [{ quantity: 1 }, { quantity: 2 }],
    });
    await shop.time.advance(10_000);
    expect(lookedUp).toEqual([[single, order]]);
  });

  it('tells the reservation as it was when it was answered, whatever has come of it since', async () => {
    await guarding();
    const single = await place();
    const reservationId = singleReservationId('x', single);
    const command = { type: 'ReleaseReservation', at: shop.time.now(), commandId: shop.id(), reservationId } as const;
    await shop.process().ledger.execute({ tenant: TENANT, sku: 'x' }, command);
    await shop.time.advance(4_000);
    expect(JSON.parse((await answers.find(single))?.body ?? '{}')).toMatchObject({ reservationId, status: 'held' });
  });

  it('leaves alone what is kept', async () => {
    await guarding();
    const single = await place();
    const kept = { requestHash: 'hash', status: 201, headers: {}, body: '"the very words"' };
    await answers.remember(single, TENANT, kept);
    await shop.time.advance(4_000);
    expect(await answers.find(single)).toEqual(kept);
  });

  it('looks again at all that it could not note as kept, as the database may have lost it', async () => {
    await guarding();
    noted.isAway = true;
    const single = await place();
    await shop.time.advance(3_500);
    expect(lookedUp.length).toBeGreaterThan(1);
    answers = new MemoryIdempotencyStore();
    noted.isAway = false;
    await shop.time.advance(2_000);
    expect(await answers.find(single)).toBeDefined();
  });

  it('goes on where the last one left off, and begins at the end of the log where none was', async () => {
    const before = await place();
    await (await guarding()).stop();
    const meanwhile = await place();
    await guarding();
    await shop.time.advance(4_000);
    expect(await answers.find(before)).toBeUndefined();
    expect(await answers.find(meanwhile)).toBeDefined();
  });

  it('looks up nothing of those who gave no key, of commands on the topic, and of the parts of an order', async () => {
    await guarding();
    await place(() => ({}));
    await place(() => ({ correlationId: 'message-7', actor: 'topic:shop' }));
    const order = await keyedOrder();
    await shop.time.advance(4_000);
    expect(lookedUp).toEqual([[order]]);
  });

  it('knows an order by any of its tries', async () => {
    await keyedOrder();
    const { events } = await new MemoryEventStore({ log: shop.log }).readAll({ after: -1n, limit: 100, filter: ANSWERED_BY });
    const held = events.find(({ type }) => type === 'OrderHeld.v1');
    const asTry = (number: number): RecordedEvent | undefined => {
      const id = held?.metadata.correlationId ?? '';
      return held && { ...held, stream: `order-${TENANT}.ro_${uuidOf(`${id}|try|${number}`)}` };
    };
    const known = [1, 2, 5, 99].map((number) => {
      const event = asTry(number);
      return event !== undefined && answeredRequest(event) !== undefined;
    });
    expect(known).toEqual([true, true, true, false]);
  });
});
