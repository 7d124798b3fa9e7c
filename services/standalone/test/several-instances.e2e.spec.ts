import { eventually, startHoldfast, unique, type ApiAnswer, type RunningHoldfast } from '@holdfast/testing';
import { setTimeout as sleep } from 'node:timers/promises';
import { smallShop, type SmallShop } from './shop.js';

const UNITS = 100;
const BUYERS = 500;
const CALLERS = 48;

describe('two processes of the reservation service', () => {
  let holdfast: RunningHoldfast;
  let shop: SmallShop;

  beforeAll(async () => {
    holdfast = await startHoldfast({ reservationInstances: 2, env: { HOLDFAST_RATE_PER_SECOND: '1000000' } });
    shop = await smallShop(holdfast);
  });
  afterAll(() => holdfast.stop());

  /** Asks under the buyer's key until there is an answer. */
  const ask = async (sku: string, buyer: number): Promise<ApiAnswer> => {
    const keyed = shop.api.with({ 'idempotency-key': `${sku}-${String(buyer)}` });
    for (;;) {
      const answer = await keyed.post('/sales-channel/inventory/reserve', {
        items: [{ sku, quantity: 1 }],
        orderId: `${sku}-${String(buyer)}`,
      });
      if (answer.status < 500) return answer;
      expect(answer.headers.get('retry-after')).not.toBeNull();
      await sleep(20);
    }
  };

  /** Every buyer asks twice, now at once and now one after the other. */
  const stampede = async (sku: string): Promise<readonly (readonly [ApiAnswer, ApiAnswer])[]> => {
    const answers: (readonly [ApiAnswer, ApiAnswer])[] = [];
    let next = 0;
    const caller = async (): Promise<void> => {
      for (let buyer = (next += 1); buyer <= BUYERS; buyer = next += 1) {
        if (buyer % 2 === 0) answers.push(await Promise.all([ask(sku, buyer), ask(sku, buyer)]));
        else answers.push([await ask(sku, buyer), await ask(sku, buyer)]);
      }
    };
    await Promise.all(Array.from({ length: CALLERS }, caller));
    return answers;
  };

  const expectExact = (answers: readonly (readonly [ApiAnswer, ApiAnswer])[]): void => {
    const bodyOf = ({ status, body }: ApiAnswer): unknown => {
      if (status === 201) return { status, body };
      const { code, details } = body as { code: unknown; details: unknown };
      return { status, code, details };
    };
    for (const [first, repeat] of answers) expect(bodyOf(repeat)).toEqual(bodyOf(first));
    const won = answers.filter(([{ status }]) => status === 201).map(([{ body }]) => (body as { reservationId: string }).reservationId);
    const refused = answers.filter(([{ status, body }]) => status === 409 && (body as { code: string }).code === 'insufficient_stock');
    expect([new Set(won).size, won.length, refused.length]).toEqual([UNITS, UNITS, BUYERS - UNITS]);
  };

  it('sell exactly what there is in a stampede, and answer each repeat like its first', async () => {
    const sku = shop.sku('STAMPEDE');
    await shop.level(sku, shop.north, UNITS);
    expectExact(await stampede(sku));
  });

  it('stay exact while the process that serves the SKU is killed and comes back', async () => {
    const sku = shop.sku('KILLED');
    await shop.level(sku, shop.north, UNITS);
    const over = stampede(sku);
    for (const one of holdfast.reservations) {
      await sleep(300);
      one.process().kill('SIGKILL');
      await one.restart();
    }
    expectExact(await over);
  });

  it('share orders over several SKUs, all or nothing', async () => {
    const skus = Array.from({ length: 4 }, () => shop.sku('CART'));
    for (const sku of skus) await shop.level(sku, shop.north, 30);
    const order = async (buyer: number): Promise<number> => {
      const items = [skus[buyer % 4], skus[(buyer + 1) % 4]].map((sku) => ({ sku: sku ?? '', quantity: 1 }));
      const orderId = unique('cart');
      const keyed = shop.api.with({ 'idempotency-key': orderId });
      for (;;) {
        const { status } = await keyed.post('/sales-channel/inventory/reserve', { items, orderId });
        if (status < 500) return status;
        await sleep(20);
      }
    };
    const statuses = await Promise.all(Array.from({ length: 100 }, (_, buyer) => order(buyer)));
    // One may have been refused for what another held for a moment: alone it is served, if anything is left.
    for (const [buyer, status] of statuses.entries()) if (status === 409) statuses[buyer] = await order(buyer);
    const won = statuses.filter((status) => status === 201).length;
    expect(statuses.every((status) => status === 201 || status === 409)).toBe(true);
    const reserved = async (): Promise<readonly number[]> =>
      (await Promise.all(skus.map((sku) => shop.item(sku, shop.north)))).map((item) => item?.quantityReserved ?? 0);
    const found = await eventually(reserved, (units) => units.reduce((sum, each) => sum + each, 0) === 2 * won);
    for (const [place, units] of found.entries()) expect(Math.max(units, found[(place + 1) % 4] ?? 0)).toBe(30);
  });
});
