import { policyOf, typedOf, type Policy } from './typed-policy.js';

const policy: Policy = {
  ...{ policyId: 'germany', mode: 'auto', locationIds: ['BER', 'HAM'], skus: ['TEE', 'CAP'] },
  ...{ lowCoverDays: 7, targetCoverDays: 14, maxUnitsPerDay: 5_000, quietDays: 14, minUnits: 1 },
  lanes: [{ fromLocationId: 'BER', toLocationId: 'HAM', days: 2, costPerUnitMinor: 25, costPerMoveMinor: 0 }],
  ...{ version: 3, setBy: 'ann', createdAt: '2026-03-01T00:00:00Z', updatedAt: '2026-03-01T00:00:00Z' },
};

describe('a policy of rebalancing', () => {
  it('is sent as it was read where nothing was changed, for the version that was seen', () => {
    const { setBy: _, createdAt: __, updatedAt: ___, version, ...kept } = policy;
    expect(policyOf(typedOf(policy, []), policy)).toEqual({ ...kept, expectedVersion: version });
  });

  it('begins with ways both ways between the first two locations, and the usual figures', () => {
    const typed = { ...typedOf(undefined, ['BER', 'HAM', 'MUC']), policyId: ' north ' };
    expect(policyOf(typed, undefined)).toEqual({
      ...{ policyId: 'north', mode: 'approve', locationIds: ['BER', 'HAM'] },
      lanes: [
        { fromLocationId: 'BER', toLocationId: 'HAM', days: 1, costPerUnitMinor: 0, costPerMoveMinor: 0 },
        { fromLocationId: 'HAM', toLocationId: 'BER', days: 1, costPerUnitMinor: 0, costPerMoveMinor: 0 },
      ],
    });
  });

  it('takes costs in the currency, and sends its minor units', () => {
    const typed = typedOf(policy, []);
    const [lane] = typed.lanes;
    if (lane === undefined) throw new Error('a policy has a way');
    expect(lane.perUnit).toBe('0.25');
    const sent = policyOf({ ...typed, skus: 'TEE,\nHAT,', lanes: [{ ...lane, perMove: '19.9' }] }, policy);
    expect(sent.lanes[0]?.costPerMoveMinor).toBe(1_990);
    expect(sent.skus).toEqual(['TEE', 'HAT']);
  });
});
