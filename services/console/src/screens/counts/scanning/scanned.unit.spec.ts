import { scanned, type FormLine } from './scanned.js';

const line = (lineId: string, sku: string, more: Partial<FormLine> = {}): FormLine => ({
  ...{ lineId, sku, barcode: null, lotId: null, binId: null },
  ...more,
});
const LINES = [
  line('1', 'TEE', { barcode: '4006381333931' }),
  line('2', 'CAP'),
  line('3', 'MILK', { barcode: '77', lotId: 'L-1' }),
  line('4', 'MILK', { barcode: '77', lotId: 'L-2' }),
];

describe('a hand scanner', () => {
  it.each(['4006381333931', 'TEE', ' tee '])('finds a line by %j', (code) =>
    expect(scanned(undefined, LINES, code)).toEqual({ tally: { lineId: '1', units: 1 }, finished: undefined, fault: undefined }),
  );

  it('counts one more for each scan of the same line', () =>
    expect(scanned({ lineId: '1', units: 4 }, LINES, 'TEE').tally).toEqual({ lineId: '1', units: 5 }));

  it('makes the count of a line once another is scanned', () =>
    expect(scanned({ lineId: '1', units: 4 }, LINES, 'CAP')).toMatchObject({
      tally: { lineId: '2', units: 1 },
      finished: { lineId: '1', units: 4 },
    }));

  it('leaves the count as it was after a code of no line', () =>
    expect(scanned({ lineId: '1', units: 4 }, LINES, '999')).toEqual({
      tally: { lineId: '1', units: 4 },
      finished: undefined,
      fault: 'unknown',
    }));

  it('asks for the lot where several lines have the code, and goes on with it', () => {
    expect(scanned(undefined, LINES, '77')).toEqual({ tally: undefined, finished: undefined, fault: 'several' });
    expect(scanned(undefined, LINES, 'L-2').tally).toEqual({ lineId: '4', units: 1 });
    expect(scanned({ lineId: '4', units: 1 }, LINES, '77').tally).toEqual({ lineId: '4', units: 2 });
  });
});
