import { runSeed } from './index.js';

/** The command runs more: `npm run simulate -- --from 1 --seeds 100000`. */
const SEEDS = 1_000;
const PATIENCE_MS = 400_000;

describe('the reservation service over engines that fail', () => {
  it(
    `holds what it promised in ${SEEDS} seeds`,
    async () => {
      let deaths = 0;
      for (let seed = 1; seed <= SEEDS; seed += 1) {
        const result = await runSeed(seed);
        expect({ seed, faults: result.faults }).toEqual({ seed, faults: [] });
        deaths += result.deaths;
      }
      expect(deaths).toBeGreaterThan(SEEDS);
    },
    PATIENCE_MS,
  );

  it('goes the same way again from the same seed, to the last event and answer', async () => {
    const [first, again, other] = [await runSeed(7), await runSeed(7), await runSeed(8)];
    expect(again).toEqual(first);
    expect(other.digest).not.toBe(first.digest);
  });
});
