import { keptLocationId } from '../../locations/kept-by-channel.js';
import type { SkuState } from '../state.js';
import { initialSkuState } from '../state.js';
import { chooseLocation } from './location-choice.js';

const lying = (balances: Readonly<Record<string, readonly [onHand: number, reserved: number]>>): SkuState => {
  const state = initialSkuState();
  for (const [locationId, [onHand, reserved]] of Object.entries(balances))
    state.balances.set(locationId, { onHand, reserved, safetyStock: 0, held: 0 });
  return state;
};

describe('where a figure without a location belongs', () => {
  it('is the default location for a SKU that lies nowhere', () =>
    expect(chooseLocation(lying({}))).toEqual({ kind: 'chosen', locationId: 'MAIN' }));

  it('is the one place where the SKU lies', () =>
    expect(chooseLocation(lying({ BER: [5, 0] }))).toEqual({ kind: 'chosen', locationId: 'BER' }));

  it('is the one place left after others were emptied', () =>
    expect(chooseLocation(lying({ BER: [0, 0], HAM: [3, 1] }))).toEqual({ kind: 'chosen', locationId: 'HAM' }));

  it('is the only place known, though it is empty', () =>
    expect(chooseLocation(lying({ BER: [0, 0] }))).toEqual({ kind: 'chosen', locationId: 'BER' }));

  it('is the default location when several places are known and all are empty', () =>
    expect(chooseLocation(lying({ BER: [0, 0], HAM: [0, 0] }))).toEqual({ kind: 'chosen', locationId: 'MAIN' }));

  it('is never where a channel keeps units', () => {
    expect(chooseLocation(lying({ BER: [5, 0], [keptLocationId('amazon')]: [9, 0] }))).toEqual({ kind: 'chosen', locationId: 'BER' });
    expect(chooseLocation(lying({ [keptLocationId('amazon')]: [9, 0] }))).toEqual({ kind: 'chosen', locationId: 'MAIN' });
  });

  it('has to be said for a SKU in several places, one that only promises included', () =>
    expect(chooseLocation(lying({ BER: [5, 0], HAM: [0, 2], MUC: [0, 0] }))).toEqual({
      kind: 'ambiguous',
      locations: [
        { locationId: 'BER', quantity: 5 },
        { locationId: 'HAM', quantity: 0 },
      ],
    }));
});
