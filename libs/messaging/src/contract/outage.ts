import { BusUnavailable } from '../port.js';
import { ascending, eventually, numbered, numbersOf, sleep, upTo, type Suite } from './suite.js';

const AWAY_MS = 10_000;

export function outageContract(suite: () => Suite): void {
  describe('the engine away for ten seconds under load', () => {
    it('loses no acknowledged message, says that it is away, and goes on by itself', async () => {
      const { takeAway } = suite().harness;
      if (!takeAway) throw new Error('The spec must own the engine for this one.');
      const unhandled: unknown[] = [];
      const note = (reason: unknown): void => void unhandled.push(reason);
      process.on('unhandledRejection', note);
      const bus = suite().open();
      const topic = await suite().topic(bus);
      const member = await suite().member(bus, { group: topic, topics: [topic] });
      const tailed: number[] = [];
      await bus.tail({ topics: [topic], from: 'earliest', onMessages: async (messages) => void tailed.push(...numbersOf(messages)) });

      const acknowledged: number[] = [];
      const refusals: unknown[] = [];
      let publishing = true;
      const publisher = async (from: number): Promise<void> => {
        for (let n = from; publishing; n += 4) {
          try {
            await bus.publish(topic, numbered(1, 50, n));
            acknowledged.push(n);
          } catch (error) {
            refusals.push(error);
          }
          await sleep(10);
        }
      };
      const publishers = upTo(4).map(publisher);
      await eventually(() => expect(member.seen.length).toBeGreaterThan(20));

      const bringBack = await takeAway();
      await eventually(() => expect(bus.ping()).rejects.toBeInstanceOf(BusUnavailable));
      await sleep(AWAY_MS);
      await bringBack();

      await eventually(() => bus.ping(), 30_000);
      const before = acknowledged.length;
      await eventually(() => expect(acknowledged.length).toBeGreaterThan(before + 100), 30_000);
      publishing = false;
      await Promise.all(publishers);

      expect(refusals.length).toBeGreaterThan(0);
      expect(refusals.filter((error) => !(error instanceof BusUnavailable))).toEqual([]);
      await eventually(() => {
        expect(ascending(new Set(numbersOf(member.seen)))).toEqual(expect.arrayContaining(ascending(acknowledged)));
        expect(ascending(new Set(tailed))).toEqual(expect.arrayContaining(ascending(acknowledged)));
      }, 40_000);
      process.off('unhandledRejection', note);
      expect(unhandled).toEqual([]);
    });
  });
}
