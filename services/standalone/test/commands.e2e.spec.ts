import { startHoldfast, unique, type RunningHoldfast } from '@holdfast/testing';
import { smallShop, type SmallShop } from './shop.js';
import { topicChannel, type TopicChannel } from './topics.js';

describe('a channel that orders over the topic', () => {
  let holdfast: RunningHoldfast;
  let shop: SmallShop;
  let channel: TopicChannel;

  beforeAll(async () => {
    holdfast = await startHoldfast({ env: { HOLDFAST_RATE_PER_SECOND: '1000000' } });
    shop = await smallShop(holdfast);
    channel = await topicChannel(holdfast);
  });
  afterAll(async () => {
    await channel.leave();
    await holdfast.stop();
  });

  const reserve = (id: string, sku: string, quantity: number) =>
    ({ id, kind: 'reserve', key: id, data: { orderId: id, items: [{ sku, quantity }] } }) as const;

  it('is answered as over HTTP, and each repeat by the same words', async () => {
    const sku = shop.sku();
    await shop.level(sku, shop.north, 5);
    const [bought, tooMuch] = [unique('order'), unique('order')];
    await channel.send(reserve(bought, sku, 3), reserve(tooMuch, sku, 6));
    const [held] = await channel.results(bought);
    const [refused] = await channel.results(tooMuch);
    const reservation = held?.message.data.reservation;
    expect(held).toMatchObject({ key: `demo|${bought}`, message: { tenant: 'demo', data: { outcome: 'done', status: 201 } } });
    expect(refused?.message.data).toMatchObject({ outcome: 'refused', status: 409, error: { code: 'insufficient_stock' } });

    const path = `/sales-channel/inventory/reservation/${encodeURIComponent(reservation?.reservationId ?? '')}`;
    expect((await shop.api.get(path)).body).toEqual(reservation);

    const commit = { reservationId: reservation?.reservationId, lines: [{ sku, quantity: 2 }] };
    await channel.send(
      { id: `${bought}-commit`, kind: 'commit', key: bought, data: commit },
      reserve(bought, sku, 3),
      reserve(tooMuch, sku, 6),
    );
    const [committed] = await channel.results(`${bought}-commit`);
    expect(committed?.message.data).toMatchObject({ outcome: 'done', reservation: { lines: [{ quantity: 3, committed: 2 }] } });
    await channel.send({ id: `${bought}-release`, kind: 'release', key: bought, data: { reservationId: reservation?.reservationId } });
    await channel.results(`${bought}-release`);
    for (const id of [bought, tooMuch]) {
      const texts = (await channel.results(id)).map(({ text }) => text);
      expect(texts).toHaveLength(2);
      expect(new Set(texts).size).toBe(1);
    }
    expect((await shop.api.get(path)).body).toMatchObject({ status: 'released', lines: [{ committed: 2 }] });
  });

  it('reads in the fairness log how a rush was served: in the order in which it came, with each refusal', async () => {
    const sku = shop.sku('RUSH');
    await shop.level(sku, shop.north, 30);
    const order = (n: number) => ({ orderId: `${sku}-${String(n)}`, holderId: `buyer-${String(n)}`, items: [{ sku, quantity: 1 }] });
    const answers = await Promise.all(
      Array.from({ length: 150 }, (_none, n) => shop.api.post('/sales-channel/inventory/reserve', order(n))),
    );
    expect(answers.filter(({ status }) => status === 409)).toHaveLength(120);

    const page = async (number: number) =>
      (await shop.api.get(`/v1/inventory/${sku}/fairness?limit=100&page=${String(number)}`)).body as {
        readonly summary: object;
        readonly contenders: readonly { readonly arrival: number; readonly outcome: string; readonly orderId: string }[];
      };
    const [first, second] = await Promise.all([page(1), page(2)]);
    expect(first.summary).toMatchObject({ refused: 120, inversions: 0, missed: 0, inOrderOfArrival: true });
    const contenders = [...first.contenders, ...second.contenders];
    const arrivals = contenders.map(({ arrival }) => arrival);
    expect(arrivals).toEqual([...arrivals].sort((left, right) => left - right));
    expect(new Set(contenders.filter(({ outcome }) => outcome === 'refused').map(({ orderId }) => orderId)).size).toBe(120);
  });
});

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
