import { ServiceUnderTest, type Answer } from './service.js';

const statuses = (answers: readonly Answer[], status: number): number => answers.filter((answer) => answer.status === status).length;

/** Runs the work for each item, so many at a time. */
async function inParallel<Item, Result>(items: readonly Item[], width: number, work: (item: Item) => Promise<Result>): Promise<Result[]> {
  const results: Result[] = [];
  const queue = items.entries();
  const worker = async (): Promise<void> => {
    for (const [index, item] of queue) results[index] = await work(item);
  };
  await Promise.all(Array.from({ length: width }, worker));
  return results;
}

describe('selling from two instances at once', () => {
  let one: ServiceUnderTest;
  let two: ServiceUnderTest;

  beforeAll(async () => {
    one = await ServiceUnderTest.start();
    two = await ServiceUnderTest.start({ beside: one });
  });
  afterAll(async () => {
    await two.stop();
    await one.stop();
  });

  const any = (index: number): ServiceUnderTest => (index % 2 === 0 ? one : two);

  it('1,000 units and 5,000 attempts, each sent twice: exactly 1,000 are sold, and each repeat is answered as its first', async () => {
    await one.stock('launch', 1_000);
    const attempts = Array.from({ length: 5_000 }, (_, index) => index);
    const pairs = await inParallel(attempts, 256, async (index) => {
      const body = { items: [{ sku: 'launch', quantity: 1 }], orderId: `buyer-${index}` };
      const key = `buyer ${index}`;
      return Promise.all([any(index).reserve(body, { key }), any(index + (index % 3)).reserve(body, { key })]);
    });

    const firsts = pairs.map(([first]) => first);
    expect(statuses(firsts, 201)).toBe(1_000);
    expect(statuses(firsts, 409)).toBe(4_000);
    for (const [first, second] of pairs) {
      expect(second.status).toBe(first.status);
      expect(second.body['reservationId']).toBe(first.body['reservationId']);
      expect(second.body['code']).toBe(first.body['code']);
    }
    expect(await one.units('launch')).toEqual({ onHand: 1_000, reserved: 1_000 });
  });

  it('carts of several SKUs take all or nothing and never more than there is', async () => {
    const skus = ['c1', 'c2', 'c3', 'c4', 'c5'];
    for (const sku of skus) await one.stock(sku, 20);
    const carts = Array.from({ length: 100 }, (_, cart) => ({
      cart,
      items: [0, 1, 2].map((line) => ({ sku: skus[(cart * (line + 1) + line) % 5] ?? '', quantity: 1 + (cart % 2) })),
    }));
    const answers = await inParallel(carts, 16, ({ cart, items }) => any(cart).reserve({ items, orderId: `cart-${cart}` }));
    expect(statuses(answers, 201) + statuses(answers, 409)).toBe(100);

    const held = new Map(skus.map((sku) => [sku, 0]));
    for (const { status, body } of answers) {
      if (status !== 201) continue;
      for (const line of body['lines'] as readonly { sku: string; requested: number; quantity: number }[]) {
        expect(line.quantity).toBe(line.requested);
        held.set(line.sku, (held.get(line.sku) ?? 0) + line.quantity);
      }
    }
    for (const sku of skus) {
      expect((await one.units(sku)).reserved).toBe(held.get(sku));
      expect(held.get(sku)).toBeLessThanOrEqual(20);
    }
  });

  it('carts that cross do not refuse each other', async () => {
    for (let round = 0; round < 15; round += 1) {
      const [x, y] = [`x${round}`, `y${round}`];
      await one.stock(x, 1);
      await one.stock(y, 1);
      const line = (sku: string) => ({ sku, quantity: 1 });
      const answers = await Promise.all([
        one.reserve({ items: [line(x), line(y)], orderId: `a${round}` }),
        two.reserve({ items: [line(y), line(x)], orderId: `b${round}` }),
      ]);
      expect(answers.map(({ status }) => status).sort()).toEqual([201, 409]);
    }
  });

  it('each of many wishes for one order ends it once', async () => {
    for (const several of [false, true]) {
      for (let round = 0; round < 10; round += 1) {
        const skus = several ? [`t${round}`, `u${round}`] : [`v${round}`];
        for (const sku of skus) await one.stock(sku, 3);
        const { body } = await one.reserve({ items: skus.map((sku) => ({ sku, quantity: 2 })), orderId: `w${round}` });
        const id = body['reservationId'];
        const wishes = ['commit', 'release', 'commit', 'release'];
        const answers = await Promise.all(wishes.map((wish, index) => any(index >> 1).wish(wish, id)));
        const won = wishes.filter((_, index) => answers[index]?.status === 200);
        expect(new Set(won).size).toBe(1);
        const { status } = (await one.find(id)).body;
        expect(status).toBe(won[0] === 'commit' ? 'committed' : 'released');
        for (const sku of skus) expect(await one.units(sku)).toEqual({ onHand: status === 'committed' ? 1 : 3, reserved: 0 });
      }
    }
  });
});
