import { startHoldfast, type RunningHoldfast } from '@holdfast/testing';
import { smallShop, type SmallShop } from './shop.js';
import { topicChannel, type TopicChannel } from './topics.js';

describe('commands while the process that carries them out is killed', () => {
  let holdfast: RunningHoldfast;
  let shop: SmallShop;
  let channel: TopicChannel;

  beforeAll(async () => {
    holdfast = await startHoldfast({ reservationInstances: 2 });
    shop = await smallShop(holdfast);
    channel = await topicChannel(holdfast);
  });
  afterAll(async () => {
    await channel.leave();
    await holdfast.stop();
  });

  it('are each carried out once and answered by one answer, however often it is told', async () => {
    const [sku, other] = [shop.sku('KILLED'), shop.sku('KILLED')];
    await shop.level(sku, shop.north, 100);
    await shop.level(other, shop.north, 200);
    const ids = Array.from({ length: 300 }, (_none, n) => `${sku}-${String(n)}`);
    for (const [n, id] of ids.entries()) {
      const items =
        n % 3 === 0
          ? [
              { sku, quantity: 1 },
              { sku: other, quantity: 1 },
            ]
          : [{ sku, quantity: 1 }];
      await channel.send({ id, kind: 'reserve', key: id, data: { orderId: id, items } });
      const process = n === 60 ? holdfast.reservations[0] : n === 180 ? holdfast.reservations[1] : undefined;
      if (process === undefined) continue;
      process.process().kill('SIGKILL');
      await process.restart();
    }
    const texts = await Promise.all(ids.map(async (id) => new Set((await channel.results(id)).map(({ text }) => text))));
    expect(texts.every(({ size }) => size === 1)).toBe(true);
    const outcomes = await Promise.all(ids.map(async (id) => (await channel.results(id))[0]?.message.data));
    expect(outcomes.filter((data) => data?.outcome === 'done')).toHaveLength(100);
    expect(outcomes.filter((data) => data?.error?.code === 'insufficient_stock')).toHaveLength(200);
    const held = outcomes.flatMap((data) => (data?.outcome === 'done' ? [data.reservation?.reservationId] : []));
    expect(new Set(held).size).toBe(100);
  });
});
