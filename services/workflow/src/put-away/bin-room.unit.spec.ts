import { usualBin, type Location } from '@holdfast/inventory';
import type { KnownLocations } from '@holdfast/ledger';
import { BinRoom, type InBin } from './bin-room.js';
import type { WantedSpace } from './call-claims.js';

const shelf = { ...usualBin('A', 'storage'), capacityUnits: 10 };

const berlin: Location = { locationId: 'BER', name: 'Berlin', kind: 'warehouse', priority: 1, bins: [shelf] };

/** A bin for 10 units, in which so many of CUP lie. */
function holding(units: number) {
  const locations = { find: () => Promise.resolve(berlin) } as unknown as KnownLocations;
  const situations = [{ bin: shelf, contents: [{ sku: 'CUP', units }], claims: [] }];
  const room = new BinRoom({ upToDate: () => Promise.resolve(), situations: () => Promise.resolve(situations) }, locations, claims);
  return asking(room);
}

/** What was claimed last, by bin and units. */
let wanted: readonly (readonly [string, number])[] = [];
const claims = {
  holding: <Result>(_: unknown, spaces: readonly WantedSpace[], work: () => Promise<Result>): Promise<Result> => {
    wanted = spaces.map(({ bin: { binId }, units }) => [binId, units]);
    return work();
  },
};

const place = { tenant: 'demo', locationId: 'BER' };
const done = () => Promise.resolve();
const asking = (room: BinRoom) => ({
  mustFitFigures: (figures: readonly InBin[]) => room.withFigures(place, figures, {}, done),
  mustFitMore: (more: readonly InBin[], overCapacity = false) => room.withMore(place, more, { overCapacity }, done),
});

const cups = (units: number, more: Partial<InBin> = {}): InBin => ({ field: 'lines[0].binId', sku: 'CUP', binId: 'A', units, ...more });
const full = (free: number) => ({ status: 409, code: 'bin_full', details: [{ binId: 'A', free }] });

describe('corrections of what lies in bins', () => {
  it('P4 may not raise a bin above its capacity, unless somebody says so', async () => {
    await holding(9).mustFitFigures([cups(8)]);
    await holding(9).mustFitFigures([cups(10)]);
    await expect(holding(9).mustFitFigures([cups(11)])).rejects.toMatchObject(full(1));
    await expect(holding(9).mustFitMore([cups(1), cups(1)])).rejects.toMatchObject(full(1));
    await holding(9).mustFitMore([cups(2)], true);
    expect(wanted).toEqual([]);
  });

  it('claim the space that they need, once for a SKU in a bin, and none for what is fewer', async () => {
    await holding(5).mustFitMore([cups(1), cups(2), cups(1, { sku: 'TEA' })]);
    expect(wanted).toEqual([
      ['A', 3],
      ['A', 1],
    ]);
    await holding(5).mustFitFigures([cups(8)]);
    expect(wanted).toEqual([['A', 3]]);
    await holding(5).mustFitFigures([cups(4)]);
    expect(wanted).toEqual([]);
  });

  it('P3 may lower a bin that is above its capacity', async () => {
    await holding(100_000).mustFitFigures([cups(95_000)]);
    await expect(holding(100_000).mustFitMore([cups(1)])).rejects.toMatchObject(full(0));
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
    await asking(new BinRoom(facts, locations, claims)).mustFitMore([cups(1), cups(2)]);
    expect(asked).toEqual([['A']]);
  });

  it('names a bin that is none, and does not look at units in no bin', async () => {
    await expect(holding(0).mustFitMore([cups(1, { binId: 'X' })])).rejects.toMatchObject({
      status: 404,
      code: 'unknown_bin',
    });
    await holding(10).mustFitMore([cups(100, { binId: undefined })]);
  });
});
