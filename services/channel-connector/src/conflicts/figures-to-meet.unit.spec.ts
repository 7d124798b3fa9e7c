import { initialSkuState, type SkuState } from '@holdfast/inventory';
import { asWanted, figuresToMeet } from './figures-to-meet.js';

const places = [
  { locationId: 'BER', remoteId: 'r1' },
  { locationId: 'HAM', remoteId: 'r2' },
  { locationId: 'KIE', remoteId: 'r2' },
];
const figure = (parts: Readonly<Record<string, number>>) => ({
  quantity: Object.values(parts).reduce((units, quantity) => units + quantity, 0),
  parts: Object.entries(parts).map(([remoteId, quantity]) => ({ remoteId, quantity })),
});

function skuAt(onHand: Readonly<Record<string, number>>): SkuState {
  const state = initialSkuState();
  for (const [locationId, units] of Object.entries(onHand))
    state.balances.set(locationId, { onHand: units, reserved: 0, safetyStock: 0, held: 0 });
  return state;
}

describe('where a figure of a channel is booked', () => {
  it('is the location of each place that differs, and of no other', () => {
    const sku = skuAt({ BER: 5, HAM: 4, MUC: 90 });
    expect(figuresToMeet(figure({ r1: 12, r2: 4 }), figure({ r1: 5, r2: 4 }), places, sku)).toEqual([
      { locationId: 'BER', figure: 12, counted: ['BER'] },
    ]);
    expect(figuresToMeet(figure({ r1: 12, r2: 9 }), figure({ r1: 5, r2: 4 }), places, sku)).toEqual([
      { locationId: 'BER', figure: 12, counted: ['BER'] },
      { locationId: 'HAM', figure: 9, counted: ['HAM', 'KIE'] },
    ]);
  });

  it('is, of several locations that share a place, the one with most units', () =>
    expect(figuresToMeet(figure({ r2: 9 }), figure({ r2: 4 }), places, skuAt({ HAM: 1, KIE: 3 }))).toMatchObject([{ locationId: 'KIE' }]));

  it('is nowhere for places that are not mapped, and where both agree', () =>
    expect(figuresToMeet(figure({ r1: 5, r9: 7 }), figure({ r1: 5 }), places, skuAt({ BER: 5 }))).toEqual([]));

  it("is the SKU's only location, else the default one, where the channel has no places", () => {
    expect(figuresToMeet(figure({}), figure({}), [], skuAt({ BER: 5 }))).toEqual([{ locationId: 'BER', figure: 0, counted: undefined }]);
    expect(figuresToMeet(figure({}), figure({}), [], skuAt({ BER: 5, HAM: 1 }))).toMatchObject([{ locationId: 'MAIN' }]);
  });
});

describe("a person's figure at the places of a channel", () => {
  it('is met at the place whose figure differs, with what the others leave', () => {
    expect(asWanted(10, figure({ r1: 12, r2: 4 }), figure({ r1: 5, r2: 4 }))).toEqual({
      quantity: 10,
      parts: [
        { remoteId: 'r2', quantity: 4 },
        { remoteId: 'r1', quantity: 6 },
      ],
    });
    expect(asWanted(3, figure({ r1: 12, r2: 4 }), figure({ r1: 5, r2: 4 }))).toMatchObject({
      parts: [{ quantity: 3 }, { quantity: 0 }],
    });
  });

  it('is as it is where the channel has no places', () =>
    expect(asWanted(10, figure({}), figure({}))).toEqual({ quantity: 10, parts: [] }));
});
