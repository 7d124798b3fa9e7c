import type { PositionChange, SkuEvent, Take } from '@holdfast/inventory';
import { pastCommit, type Since } from './past-commit.js';

const ham = (lotId: string, delta: number): PositionChange => ({ locationId: 'HAM', lotId, delta });
const take = (quantity: number): Take => ({ locationId: 'HAM', quantity });

const committed = (...positions: readonly PositionChange[]): Extract<SkuEvent, { type: 'ReservationCommitted' }> => ({
  type: 'ReservationCommitted',
  reservationId: 'r1',
  commitId: 'c1',
  orderId: 'o1',
  takes: [take(7)],
  alreadyIssued: [],
  openUnits: 0,
  ...(positions.length === 0 ? {} : { positions }),
});

const issued = (lotId: string, acknowledgedUnits: number, positions: readonly PositionChange[], orderId = 'o1'): Since => ({
  type: 'StockIssued',
  locationId: 'HAM',
  quantity: acknowledgedUnits,
  effectiveAt: 0,
  messageId: `${lotId} of ${orderId}`,
  lotId,
  orderId,
  acknowledgedUnits,
  reassigned: [],
  presumedUnits: 0,
  unmatchedUnits: 0,
  delta: 0,
  positions,
});

const lots = (since: readonly Since[]): readonly PositionChange[] | undefined =>
  pastCommit(committed(ham('A', -3), ham('B', -4)), 0, since, 'o1').positions;

describe('a commit that is read from the stream', () => {
  it('has the lots that it took, and none where it took none', () => {
    expect(pastCommit(committed(ham('A', -3)), 0, [], 'o1')).toEqual({ takes: [take(7)], unposted: [take(7)], positions: [ham('A', -3)] });
    expect(pastCommit(committed(), 0, [], 'o1')).toEqual({ takes: [take(7)], unposted: [take(7)] });
  });

  it('has instead those that the ERP issued for it, the oldest issue first', () => {
    const first = issued('C', 3, [ham('C', -3), ham('A', 3)]);
    const second = issued('D', 2, [ham('D', -2), ham('C', 2)]);
    expect(lots([second, first])).toEqual([ham('B', -4), ham('C', -1), ham('D', -2)]);
  });

  it('keeps its lots where an issue exchanged those of another order or of another commit', () => {
    expect(lots([issued('C', 3, [ham('C', -3), ham('A', 3)], 'o2')])).toEqual([ham('A', -3), ham('B', -4)]);
    expect(lots([issued('C', 3, [ham('C', -3), ham('Z', 3)])])).toEqual([ham('A', -3), ham('B', -4)]);
  });

  it('has its lots under the ids that they have now, and exchanges them under those of the time', () => {
    const renamed = (lotId: string, toLotId: string): Since => ({ type: 'LotRenamed', commandId: toLotId, lotId, toLotId });
    expect(lots([renamed('A', 'X')])).toEqual([ham('X', -3), ham('B', -4)]);
    const issue = issued('C', 3, [ham('C', -3), ham('X', 3)]);
    expect(lots([renamed('C', 'Y'), issue, renamed('A', 'X')])).toEqual([ham('B', -4), ham('Y', -3)]);
  });
});
