import type { RebalancingEvent } from '@holdfast/warehouse';

/** One of every type, with every field. */
export const rebalancingSamples: { readonly [Type in RebalancingEvent['type']]: Extract<RebalancingEvent, { readonly type: Type }> } = {
  RebalancingPolicySet: {
    type: 'RebalancingPolicySet',
    policyId: 'north',
    mode: 'approve',
    locationIds: ['BER', 'HAM'],
    lowCoverDays: 7,
    targetCoverDays: 14,
    maxUnitsPerDay: 500,
    quietDays: 14,
    minUnits: 1,
    lanes: [{ fromLocationId: 'BER', toLocationId: 'HAM', days: 2, costPerUnitMinor: 10, costPerMoveMinor: 300 }],
    by: 'anna',
    skus: ['TEE-1'],
  },
  RebalancingProposed: {
    type: 'RebalancingProposed',
    proposals: [
      {
        proposalId: 'rb_1',
        sku: 'TEE-1',
        fromLocationId: 'BER',
        toLocationId: 'HAM',
        quantity: 52,
        because: {
          code: 'low_cover',
          source: { dailyUse: 2, coverBefore: 50, coverAfter: 24, reorderPoint: 20, availableBefore: 100, availableAfter: 48 },
          destination: { dailyUse: 4, coverBefore: 1, coverAfter: 14, positionBefore: 4, positionAfter: 56 },
          networkCoverDays: 17.33,
          need: 52,
          spare: 72,
          laneDays: 2,
          costMinor: 820,
        },
      },
    ],
    superseded: ['rb_0'],
    approved: false,
    by: 'rebalancing',
  },
  RebalancingApproved: { type: 'RebalancingApproved', proposalId: 'rb_1', quantity: 52, by: 'anna', reason: 'the sale begins' },
  RebalancingRejected: { type: 'RebalancingRejected', proposalId: 'rb_1', by: 'anna', reason: 'the sale begins' },
  RebalancingPlaced: { type: 'RebalancingPlaced', proposalId: 'rb_1', transferId: 'tr_1' },
  RebalancingEnded: { type: 'RebalancingEnded', proposalId: 'rb_1', outcome: 'received' },
};
