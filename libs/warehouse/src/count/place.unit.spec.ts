import type { PositionView, SkuEvent } from '@holdfast/inventory';
import { changesOf, overlap, placeOfLine, positionChange } from './place.js';
import { netBook } from './netting.js';

const place = (lotId?: string, binId?: string) =>
  placeOfLine('BER', { ...(lotId === undefined ? {} : { lotId }), ...(binId === undefined ? {} : { binId }) });
const view = (lotId: string | undefined, binId: string | undefined, quantity: number): PositionView => ({
  locationId: 'BER',
  lotId,
  binId,
  quantity,
  because: undefined,
  expiryDate: undefined,
  expiresAt: undefined,
});
const adjusted = (positions: readonly object[], more: object = {}): SkuEvent =>
  ({
    type: 'StockAdjusted',
    commandId: 'c',
    locationId: 'BER',
    delta: 0,
    effectiveAt: 5,
    reasonCode: 'count',
    positions,
    ...more,
  }) as SkuEvent;
const change = (lotId: string, binId: string, delta: number) => ({ locationId: 'BER', lotId, binId, delta });

describe('what a line of a lot or a bin counts', () => {
  it.each([
    [place('A'), 3],
    [place('A', 'B1'), 2],
    [place(undefined, 'B1'), -3],
    [place('C'), 0],
  ])('%j changes by its positions alone', (counted, units) =>
    expect(positionChange(adjusted([change('A', 'B1', 2), change('A', 'B2', 1), change('B', 'B1', -5)]), counted)).toBe(units),
  );

  it('overlaps another line where a unit could be on both', () => {
    expect(overlap({ sku: 'X' }, { sku: 'X', lotId: 'A' })).toBe(true);
    expect(overlap({ sku: 'X', binId: 'B1' }, { sku: 'X', lotId: 'A' })).toBe(true);
    expect(overlap({ sku: 'X', lotId: 'B' }, { sku: 'X', lotId: 'A' })).toBe(false);
    expect(overlap({ sku: 'X' }, { sku: 'Y' })).toBe(false);
  });

  it('takes what is less from its positions in order, and puts what is more where the line says or the one position is', () => {
    const two = [view('A', 'B1', 3), view('A', 'B2', 5)];
    expect(changesOf(place('A'), two, -4)).toEqual([
      { lotId: 'A', binId: 'B1', delta: -3 },
      { lotId: 'A', binId: 'B2', delta: -1 },
    ]);
    expect(changesOf(place('A'), two, -20)).toHaveLength(2);
    expect(changesOf(place('A'), two, 2)).toEqual([{ lotId: 'A', delta: 2 }]);
    expect(changesOf(place('A'), two.slice(1), 2)).toEqual([{ lotId: 'A', binId: 'B2', delta: 2 }]);
    expect(changesOf(place(undefined, 'B1'), [], 2)).toEqual([{ binId: 'B1', delta: 2 }]);
  });

  it('is netted by facts of before, also under the new id of the lot, and is stale by another figure of it, not by one of an ERP', () => {
    const renamed: SkuEvent = { type: 'LotRenamed', commandId: 'r', lotId: 'A', toLotId: 'Z' };
    const late = adjusted([change('Z', 'B1', -2)]);
    expect(
      netBook(
        10,
        [
          { event: renamed, at: 20 },
          { event: late, at: 30 },
        ],
        place('A'),
        10,
      ),
    ).toEqual({ units: 8 });
    const level = {
      type: 'LevelReported',
      locationId: 'BER',
      connectionId: 'e',
      messageId: 'm',
      figure: 1,
      asOf: 40,
      unpostedUnits: 0,
      delta: -9,
    } as const;
    expect(netBook(10, [{ event: level, at: 40 }], place('A'), 10)).toEqual({ units: 10 });
    const other = adjusted([change('A', 'B1', 4)], { recorded: 4, effectiveAt: 40 });
    expect(netBook(10, [{ event: other, at: 40 }], place('A'), 10)).toEqual({ units: 10, staleBy: 'count' });
    expect(netBook(10, [{ event: other, at: 40 }], place('B'), 10)).toEqual({ units: 10 });
  });
});
