import { runSeed } from './run-seed.js';

/** 1,000 seeds are run by `npm run proofs`. */
describe('a run of the reservation service over engines that fail', () => {
  it('goes the same way again from the same seed, to the last event and answer', async () => {
    const [first, again, other] = [await runSeed(7), await runSeed(7), await runSeed(8)];
    expect(again).toEqual(first);
    expect(other.digest).not.toBe(first.digest);
  });
});
