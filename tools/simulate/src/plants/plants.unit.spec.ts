import { PLANTS } from './index.js';

/** `npm run proofs` finds each. */
describe('the mistakes planted on purpose', () => {
  it('are a dozen at least, each with a name of its own', () => {
    expect(new Set(PLANTS.map(({ name }) => name)).size).toBe(PLANTS.length);
    expect(PLANTS.length).toBeGreaterThanOrEqual(12);
  });
});
