import { figureToSend, sameFigure } from './figure-to-send.js';

const most = 1_000_000;
const places = [
  { locationId: 'BER', remoteId: 'gid-1' },
  { locationId: 'HAM', remoteId: 'gid-2' },
  { locationId: 'KIE', remoteId: 'gid-2' },
];

describe('the figure of a listing', () => {
  it('is the ATP where no places are mapped', () =>
    expect(figureToSend(7, { BER: 4, HAM: 3 }, [], most)).toEqual({ quantity: 7, parts: [] }));

  it('is what lies at each place, ours that share one of theirs together', () =>
    expect(figureToSend(9, { BER: 4, HAM: 3, KIE: 2 }, places, most)).toEqual({
      quantity: 9,
      parts: [
        { remoteId: 'gid-1', quantity: 4 },
        { remoteId: 'gid-2', quantity: 5 },
      ],
    }));

  it('never shows more at the places than the channel may promise', () =>
    expect(figureToSend(6, { BER: 4, HAM: 3, KIE: 2 }, places, most)).toEqual({
      quantity: 6,
      parts: [
        { remoteId: 'gid-1', quantity: 4 },
        { remoteId: 'gid-2', quantity: 2 },
      ],
    }));

  it('shows nothing of what lies where no place is mapped', () =>
    expect(figureToSend(10, { BER: 1, OSL: 9 }, places, most)).toMatchObject({ quantity: 1 }));

  it('is whole, not negative, and not above what the vendor takes', () => {
    expect(figureToSend(-3, null, [], most).quantity).toBe(0);
    expect(figureToSend(2.9, null, [], most).quantity).toBe(2);
    expect(figureToSend(5_000_000, null, [], most).quantity).toBe(most);
  });

  it('goes to the one place where it is not known by location, and to none of several', () => {
    expect(figureToSend(5, null, places.slice(0, 1), most).parts).toEqual([{ remoteId: 'gid-1', quantity: 5 }]);
    expect(figureToSend(5, null, places, most).quantity).toBe(0);
  });
});

describe('two figures', () => {
  it('are the same when every place shows the same', () => {
    const figure = figureToSend(9, { BER: 4, HAM: 5 }, places, most);
    expect(sameFigure(figure, { ...figure, parts: [...figure.parts].reverse() })).toBe(true);
    expect(sameFigure(figure, figureToSend(9, { BER: 5, HAM: 4 }, places, most))).toBe(false);
  });
});
