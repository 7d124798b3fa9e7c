import { usualBin } from '@holdfast/inventory';
import type { KnownLocations } from '@holdfast/ledger';
import { BinRoom, type InBin } from './bin-room.js';

const shelf = { ...usualBin('A', 'storage'), capacityUnits: 10 };

/** A bin for 10 units, in which so many of CUP lie. */
function holding(units: number) {
  const location = { locationId: 'BER', name: 'Berlin', kind: 'warehouse', priority: 1, bins: [shelf] } as const;
  const locations = { find: () => Promise.resolve(location) } as unknown as KnownLocations;
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

  it('names a bin that is none, and does not look at units in no bin', async () => {
    await expect(holding(0).mustFitMore('demo', 'BER', [cups(1, { binId: 'X' })])).rejects.toMatchObject({
      status: 404,
      code: 'unknown_bin',
    });
    await holding(10).mustFitMore('demo', 'BER', [cups(100, { binId: undefined })]);
  });
});
