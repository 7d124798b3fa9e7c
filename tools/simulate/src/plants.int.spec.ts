import { findPlant, PLANTS } from './index.js';

const SEEDS_TO_FIND_A_PLANT = 1_000;

describe('a mistake planted on purpose', () => {
  it.each(PLANTS.map((plant) => [plant.name, plant] as const))(
    '%s is found',
    async (_, plant) => {
      expect(await findPlant(plant, 1, SEEDS_TO_FIND_A_PLANT)).toBeDefined();
    },
    240_000,
  );

  it('is one of a dozen at least, each with a name of its own', () => {
    expect(new Set(PLANTS.map(({ name }) => name)).size).toBe(PLANTS.length);
    expect(PLANTS.length).toBeGreaterThanOrEqual(12);
  });
});
