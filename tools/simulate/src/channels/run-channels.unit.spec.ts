import { CHANNEL_PLANTS } from './plants/index.js';
import { runChannels } from './run-channels.js';

/** `npm run proofs` runs 1,000 seeds and finds each planted mistake. */
describe('the delivery to channels, simulated', () => {
  it('tells every listing its newest figure, and runs again to the last call under the same seed', async () => {
    const first = await runChannels(11);
    expect(first.faults).toEqual([]);
    expect(first.deaths).toBeGreaterThan(0);
    expect(first.events).toBeGreaterThan(10);
    expect(await runChannels(11)).toEqual(first);
  });

  it('has a dozen planted mistakes at least, each with a name of its own', () => {
    expect(new Set(CHANNEL_PLANTS.map(({ name }) => name)).size).toBe(CHANNEL_PLANTS.length);
    expect(CHANNEL_PLANTS.length).toBeGreaterThanOrEqual(12);
  });
});
