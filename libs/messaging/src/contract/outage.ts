import { BusUnavailable } from '../port.js';
import { ascending, eventually, numbered, numbersOf, numbersTold, sleep, upTo, type Suite } from './suite.js';

const AWAY_MS = 10_000;
/** The engine may take minutes to come back on a busy machine. */
const TEST_WITHIN_MS = 660_000;

const isNumbered = (message: { readonly key: string }): boolean => message.key !== 'noise';

export function outageContract(suite: () => Suite): void {
  describe('the engine away for ten seconds under load', () => {
    it(
      'loses no acknowledged message, says that it is away, and goes on by itself',
      async () => {
        const { takeAway } = suite().harness;
        if (!takeAway) throw new Error('The spec must own the engine for this one.');
        const bus = suite().open();
        const topic = await suite().topic(bus);
        const member = await suite().member(bus, { group: topic, topics: [topic] });
        const companion = suite().process({ group: `${topic}-companion`, topic, alsoPublish: true });
        const tailed: number[] = [];
        await bus.tail({
          topics: [topic],
          from: 'earliest',
          onMessages: async (messages) => void tailed.push(...numbersOf(messages.filter(isNumbered))),
        });

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
        await eventually(() => {
          expect(member.seen.length).toBeGreaterThan(20);
          expect(companion.seen.length).toBeGreaterThan(0);
        });

        const bringBack = await takeAway();
        await eventually(() => expect(bus.ping()).rejects.toBeInstanceOf(BusUnavailable));
        await sleep(AWAY_MS);
        await bringBack();

        await eventually(() => bus.ping());
        const before = acknowledged.length;
        await eventually(() => expect(acknowledged.length).toBeGreaterThan(before + 100));
        publishing = false;
        await Promise.all(publishers);

        expect(refusals.length).toBeGreaterThan(0);
        expect(refusals.filter((error) => !(error instanceof BusUnavailable))).toEqual([]);
        await eventually(() => {
          expect(ascending(new Set(numbersOf(member.seen.filter(isNumbered))))).toEqual(expect.arrayContaining(ascending(acknowledged)));
          expect(ascending(new Set(tailed))).toEqual(expect.arrayContaining(ascending(acknowledged)));
        });
        await eventually(() => expect(ascending(numbersTold(companion))).toEqual(expect.arrayContaining(ascending(acknowledged))));
        // An unhandled rejection would have ended it.
        expect(companion.alive()).toBe(true);
      },
      TEST_WITHIN_MS,
    );
  });
}
