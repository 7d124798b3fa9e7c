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

describe('the change of on hand by which the ATP of a channel becomes a figure', () => {
  it('is the difference where nothing is kept back', () => expect(onHandChange(7, 'BER', skuWith({ BER: [10, 1, 0] }), policy())).toBe(-2));

  it('counts buffers in', () => {
    const sku = skuWith({ BER: [20, 0, 2] });
    const by = policy(1, 10);
    const change = onHandChange(10, 'BER', sku, by);
    expect(atpOf({ BER: [20 + change, 0, 2] }, by)).toBe(10);
  });

  it('is nothing where both agree', () => expect(onHandChange(4, 'BER', skuWith({ BER: [5, 1, 0] }), policy())).toBe(0));

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
          const change = onHandChange(figure, 'BER', skuWith(before), by);
          const after = (units: number): number => atpOf({ ...before, BER: [onHand + units, reserved, safety] }, by);
          const reachable = Math.max(figure, atpOf({ HAM: before.HAM }, by));
          expect(after(change)).toBe(reachable);
          if (change !== 0) expect(after(change - Math.sign(change))).not.toBe(reachable);
        },
      ),
    );
  });
});
