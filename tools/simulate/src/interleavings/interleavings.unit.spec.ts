import { findPlant } from '../find-plant.js';
import { PLANTS } from '../plants/index.js';
import { interleave } from './interleave.js';

/** More by the environment; a seed that fails is run again by `FIRST_INTERLEAVING=<seed> INTERLEAVINGS=1`. */
const FIRST = Number(process.env['FIRST_INTERLEAVING'] ?? 1);
const INTERLEAVINGS = Number(process.env['INTERLEAVINGS'] ?? 2_000);
const PATIENCE_MS = 60_000 + INTERLEAVINGS * 60;

/** Mistakes that nothing but the order of things brings to light; the others need answers that are lost, or processes that die. */
const FOUND_BY_ORDER = [
  'revision-unchecked',
  'answered-before-stored',
  'overdue-commit',
  'early-expiry',
  'released-twice',
  'message-twice',
  'available-ignored',
  'snapshot-forgets-ended',
  'snapshot-forgets-holds',
];

describe('one SKU that several processes decide on at once', () => {
  it(
    `keeps its books after every event and ends every reservation once, in ${INTERLEAVINGS} interleavings`,
    async () => {
      const orders = new Set<string>();
      const endings = new Map<string, number>();
      let [events, checks] = [0, 0];
      for (let seed = FIRST; seed < FIRST + INTERLEAVINGS; seed += 1) {
        const result = await interleave(seed);
        if (result.faults.length > 0) expect({ seed, faults: result.faults }).toEqual({ seed, faults: [] });
        orders.add(result.order);
        events += result.events;
        checks += result.checks;
        for (const [way, times] of result.endings) endings.set(way, (endings.get(way) ?? 0) + times);
      }
      const ends = [...endings].map(([way, times]) => `${times} ${way}`).join(', ');
      process.stdout.write(
        `${INTERLEAVINGS} interleavings, ${orders.size} of them different: ${checks} checks after ${events} events, every reservation ended once (${ends})\n`,
      );
      expect(orders.size).toBeGreaterThan(INTERLEAVINGS * 0.99);
      expect(endings.size).toBe(3);
    },
    PATIENCE_MS,
  );

  it('goes the same way again from the same seed', async () => {
    const [first, again, other] = [await interleave(7), await interleave(7), await interleave(8)];
    expect(again).toEqual(first);
    expect(other.order).not.toBe(first.order);
  });

  it.each(FOUND_BY_ORDER)(
    'finds the planted mistake %s',
    async (name) => {
      const plant = PLANTS.find((one) => one.name === name);
      expect(plant).toBeDefined();
      expect(plant && (await findPlant(plant, 1, 300, interleave))).toMatchObject({ fault: expect.any(String) });
    },
    PATIENCE_MS,
  );
});
