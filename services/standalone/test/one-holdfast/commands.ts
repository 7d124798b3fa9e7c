import { unique, type RunningHoldfast } from '@holdfast/testing';
import { smallShop, type SmallShop } from '../shop.js';
import { topicChannel, type TopicChannel } from '../topics.js';

export function commands(holdfast: () => RunningHoldfast): void {
  describe('a channel that orders over the topic', () => {
    let shop: SmallShop;
    let channel: TopicChannel;

    beforeAll(async () => {
      shop = await smallShop(holdfast());
      channel = await topicChannel(holdfast());
    });
    afterAll(async () => {
      await channel.leave();
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
}
