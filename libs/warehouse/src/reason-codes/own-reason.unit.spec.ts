import { decideAdjustment, initialAdjustmentState, useChanges, type ReasonCode, type StartAdjustment } from '../index.js';

const fair: ReasonCode = { code: 'fair', name: 'Given away', direction: 'out', use: 'signed', requiresReason: true };
const start = (delta: number, more: Partial<StartAdjustment> = {}) =>
  decideAdjustment(initialAdjustmentState(), {
    type: 'StartAdjustment',
    at: 0,
    commandId: 'c1',
    adjustmentId: 'adj_1',
    locationId: 'BER',
    reasonCode: 'fair',
    ownReason: fair,
    reason: 'spring fair',
    createdBy: 'u1',
    lines: [{ sku: 'CUP', delta }],
    requestHash: 'h1',
    ...more,
  });

describe('a reason code of a tenant', () => {
  it('allows its direction, with a text where it needs one', () => {
    expect(start(2)).toMatchObject({ code: 'reason_direction' });
    expect(start(-2, { reason: ' ' })).toMatchObject({ code: 'reason_required' });
    expect(start(-2)).toMatchObject({ kind: 'accepted' });
  });

  it('is told by the event where its units count as use, and only there', () => {
    expect(start(-2)).toMatchObject({ events: [{ reasonCode: 'fair', countsAsUse: true }] });
    const other = start(-2, { ownReason: { ...fair, use: 'no' } });
    expect(other.kind === 'accepted' && other.events[0]).not.toHaveProperty('countsAsUse');
    expect(other.kind === 'accepted' && other.events[0]).not.toHaveProperty('ownReason');
  });

  it.each([
    [-2, { sold: 2, returned: 0 }],
    [3, { sold: 0, returned: 3 }],
  ])('counts %d units as use', (delta, use) => {
    const change = { type: 'StockAdjusted', commandId: 'c1', locationId: 'BER', delta, effectiveAt: 0, reasonCode: 'fair' } as const;
    expect(useChanges({ ...change, countsAsUse: true })).toEqual([{ locationId: 'BER', ...use }]);
    expect(useChanges(change)).toEqual([]);
  });
});
