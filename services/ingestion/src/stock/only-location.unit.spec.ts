import { initialSkuState } from '@holdfast/inventory';
import { onlyLocation } from './only-location.js';

const lyingAt = (...places: readonly (readonly [string, number, number])[]) => {
  const state = initialSkuState();
  for (const [locationId, onHand, reserved] of places) state.balances.set(locationId, { onHand, reserved, safetyStock: 0 });
  return state;
};

describe('the location of a figure that names none', () => {
  it('is the default one for a SKU that lies nowhere', () => expect(onlyLocation(lyingAt(), 'TEE')).toBe('MAIN'));

  it('is the one where the SKU lies', () => expect(onlyLocation(lyingAt(['BER', 3, 0], ['HAM', 0, 0]), 'TEE')).toBe('BER'));

  it('has to be named where the SKU lies in several', () =>
    expect(() => onlyLocation(lyingAt(['BER', 3, 0], ['HAM', 0, 1]), 'TEE')).toThrow(/lies in several locations: BER, HAM/));
});
