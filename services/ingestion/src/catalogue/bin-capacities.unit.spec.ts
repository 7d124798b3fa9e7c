import { MAIN_LOCATION, usualBin, type Location } from '@holdfast/inventory';
import { BinCapacities } from './bin-capacities.js';

const berlin = (...capacities: readonly (number | null)[]): Location => ({
  ...MAIN_LOCATION,
  locationId: 'BER',
  bins: capacities.map((capacityUnits, index) => ({ ...usualBin(`A-${String(index)}`, 'storage'), capacityUnits })),
});

/** Berlin as it is now, with eight units in each bin. */
function capacities(known: Location | undefined, isUpToDate = true) {
  let asked = 0;
  const checked = new BinCapacities({
    find: () => Promise.resolve(known),
    upToDate: () => Promise.resolve(isUpToDate),
    contents: (_, __, binIds) => {
      asked += 1;
      return Promise.resolve(new Map(binIds.map((binId) => [binId, 8])));
    },
  });
  const refusal = async (put: Location) => (await checked.refusals('demo', [put])).get(put);
  return { refusal, asked: () => asked };
}

const tooSmall = (binId: string, capacityUnits: number) => ({
  code: 'capacity_below_contents',
  details: { locationId: 'BER', binId, capacityUnits, contents: 8 },
});

describe('the capacity of a bin with contents', () => {
  it('is not lowered below them', async () => {
    const { refusal } = capacities(berlin(10, null));
    expect(await refusal(berlin(8, 8))).toBeUndefined();
    expect(await refusal(berlin(7))).toEqual(tooSmall('A-0', 7));
    expect(await refusal(berlin(10, 7))).toEqual(tooSmall('A-1', 7));
  });

  it('is looked at where the bin is new in the catalogue, and not where the location is', async () => {
    expect(await capacities(berlin()).refusal(berlin(5))).toEqual(tooSmall('A-0', 5));
    expect(await capacities(undefined).refusal(berlin(5))).toBeUndefined();
  });

  it('may stay, or grow, though a count filled the bin beyond it; nothing is looked up then', async () => {
    const { refusal, asked } = capacities(berlin(5, 5));
    expect(await refusal(berlin(5, 6))).toBeUndefined();
    expect(await refusal(berlin(null))).toBeUndefined();
    expect(await refusal({ ...MAIN_LOCATION, locationId: 'BER' })).toBeUndefined();
    expect(asked()).toBe(0);
  });

  it('is not judged by contents that are not up to date', async () => {
    await expect(capacities(berlin(10), false).refusal(berlin(7))).rejects.toMatchObject({ status: 412, code: 'position_not_reached' });
    expect(await capacities(berlin(10), false).refusal(berlin(10))).toBeUndefined();
  });
});
