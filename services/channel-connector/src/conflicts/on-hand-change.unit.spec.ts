import fc from 'fast-check';
import { channelAtp, initialSkuState, type ChannelPolicy, type SkuState } from '@holdfast/inventory';
import { onHandChange } from './on-hand-change.js';

const policy = (bufferUnits = 0, bufferPercent = 0): ChannelPolicy => ({
  policyId: 'p',
  bufferUnits,
  bufferPercent,
  lowThreshold: 10,
  criticalThreshold: 0,
});

type Balance = readonly [onHand: number, reserved: number, safetyStock: number];

function skuWith(balances: Readonly<Record<string, Balance>>): SkuState {
  const state = initialSkuState();
  for (const [locationId, [onHand, reserved, safetyStock]] of Object.entries(balances))
    state.balances.set(locationId, { onHand, reserved, safetyStock, held: 0 });
  return state;
}

const atpOf = (balances: Readonly<Record<string, Balance>>, by: ChannelPolicy): number =>
  Object.values(balances).reduce((sum, [onHand, reserved, safety]) => sum + channelAtp(onHand - reserved, safety, by), 0);

const change = (figure: number, state: SkuState, by: ChannelPolicy, counted?: readonly string[]): number =>
  onHandChange({ figure, locationId: 'BER', counted }, state, by);

describe('the change of on hand by which the ATP of a channel becomes a figure', () => {
  it('is the difference where nothing is kept back', () => expect(change(7, skuWith({ BER: [10, 1, 0] }), policy())).toBe(-2));

  it('counts buffers in', () => {
    const sku = skuWith({ BER: [20, 0, 2] });
    const by = policy(1, 10);
    const units = change(10, sku, by);
    expect(atpOf({ BER: [20 + units, 0, 2] }, by)).toBe(10);
  });

  it('is nothing where both agree', () => expect(change(4, skuWith({ BER: [5, 1, 0] }), policy())).toBe(0));

  it('counts units of no other locations where the figure is of one place', () => {
    const sku = skuWith({ BER: [5, 0, 0], HAM: [50, 0, 0] });
    expect(change(12, sku, policy(), ['BER'])).toBe(7);
    expect(change(57, sku, policy(), ['BER', 'HAM'])).toBe(2);
  });

  it('meets every figure that the other locations leave room for, with no unit more than needed', () => {
    const units = fc.integer({ min: 0, max: 200 });
    fc.assert(
      fc.property(
        units,
        units,
        units,
        fc.integer({ min: 0, max: 20 }),
        units,
        fc.integer({ min: 0, max: 9 }),
        fc.integer({ min: 0, max: 60 }),
        (figure, onHand, reserved, safety, other, bufferUnits, bufferPercent) => {
          const by = policy(bufferUnits, bufferPercent);
          const before = { BER: [onHand, reserved, safety] as const, HAM: [other, 0, 0] as const };
          const needed = change(figure, skuWith(before), by);
          const after = (units: number): number => atpOf({ ...before, BER: [onHand + units, reserved, safety] }, by);
          const reachable = Math.max(figure, atpOf({ HAM: before.HAM }, by));
          expect(after(needed)).toBe(reachable);
          if (needed !== 0) expect(after(needed - Math.sign(needed))).not.toBe(reachable);
        },
      ),
    );
  });
});
