import { usualBin, type Location } from '@holdfast/inventory';
import type { KnownLocations } from '@holdfast/ledger';
import { BinRoom, type InBin } from './bin-room.js';

const shelf = { ...usualBin('A', 'storage'), capacityUnits: 10 };

const berlin: Location = { locationId: 'BER', name: 'Berlin', kind: 'warehouse', priority: 1, bins: [shelf] };

/** A bin for 10 units, in which so many of CUP lie. */
function holding(units: number) {
  const locations = { find: () => Promise.resolve(berlin) } as unknown as KnownLocations;
  const situations = [{ bin: shelf, contents: [{ sku: 'CUP', units }], claims: [] }];
  return new BinRoom({ upToDate: () => Promise.resolve(), situations: () => Promise.resolve(situations) }, locations);
}

const cups = (units: number, more: Partial<InBin> = {}): InBin => ({ field: 'lines[0].binId', sku: 'CUP', binId: 'A', units, ...more });
const full = (free: number) => ({ status: 409, code: 'bin_full', details: [{ binId: 'A', free }] });

describe('corrections of what lies in bins', () => {
  it('P4 may not raise a bin above its capacity, unless somebody says so', async () => {
    await holding(9).mustFitFigures('demo', 'BER', [cups(8)]);
    await holding(9).mustFitFigures('demo', 'BER', [cups(10)]);
    await expect(holding(9).mustFitFigures('demo', 'BER', [cups(11)])).rejects.toMatchObject(full(1));
    await expect(holding(9).mustFitMore('demo', 'BER', [cups(1), cups(1)])).rejects.toMatchObject(full(1));
    await holding(9).mustFitMore('demo', 'BER', [cups(2)], true);
  });

  it('P3 may lower a bin that is above its capacity', async () => {
    await holding(100_000).mustFitFigures('demo', 'BER', [cups(95_000)]);
    await expect(holding(100_000).mustFitMore('demo', 'BER', [cups(1)])).rejects.toMatchObject(full(0));
  });

  it('looks at the bins that are named, however many the location has', async () => {
    const bins = [shelf, ...Array.from({ length: 500 }, (_, index) => usualBin(`B-${String(index)}`, 'storage'))];
    const asked: (readonly string[])[] = [];
    const facts = {
      upToDate: () => Promise.resolve(),
      situations: (_tenant: string, location: Location) => {
        asked.push((location.bins ?? []).map(({ binId }) => binId));
        return Promise.resolve([{ bin: shelf, contents: [], claims: [] }]);
      },
    };
    const locations = { find: () => Promise.resolve({ ...berlin, bins }) } as unknown as KnownLocations;
    await new BinRoom(facts, locations).mustFitMore('demo', 'BER', [cups(1), cups(2)]);
    expect(asked).toEqual([['A']]);
  });

  it('names a bin that is none, and does not look at units in no bin', async () => {
    await expect(holding(0).mustFitMore('demo', 'BER', [cups(1, { binId: 'X' })])).rejects.toMatchObject({
      status: 404,
      code: 'unknown_bin',
    });
    await holding(10).mustFitMore('demo', 'BER', [cups(100, { binId: undefined })]);
  });
});
