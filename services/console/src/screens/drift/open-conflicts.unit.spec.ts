import { openConflicts, type HistoryRow } from './open-conflicts.js';

const row = (conflictId: string | null, outcome: HistoryRow['outcome']): HistoryRow => ({
  id: `${conflictId ?? 'none'}-${outcome}`,
  at: '2026-07-01T12:00:00.000Z',
  operation: 'inventory_conflict',
  outcome,
  channelId: 'shop',
  sku: 'TEE',
  listingId: 'l1',
  locationId: null,
  quantity: 5,
  version: null,
  detail: null,
  observed: 3,
  conflictId,
  actor: null,
  occurrences: 1,
});

describe('open conflicts', () => {
  it('are those without a decision, newest first', () => {
    const history = [row('c3', 'skipped'), row('c1', 'ok'), row('c2', 'skipped'), row('c1', 'skipped')];
    expect(openConflicts(history).map(({ conflictId }) => conflictId)).toEqual(['c3', 'c2']);
  });

  it('are not what a strategy decided at once', () => expect(openConflicts([row(null, 'ok')])).toEqual([]));
});
