import type { CountLineState, CountPhase } from '@holdfast/warehouse';
import { initialRecord } from './count-record.js';
import { batchView, countView } from './count-view.js';

/** A line that ann counted as 93 where 100 were recorded, so that it is to be counted again. */
const line: CountLineState = {
  lineId: '1',
  sku: 'CUP',
  class: 'A',
  tolerancePct: 1,
  costMinor: 1_000,
  added: false,
  status: 'recount',
  entries: [
    {
      index: 0,
      quantity: 93,
      countedAt: 0,
      round: 0,
      by: 'ann',
      void: false,
      book: { revision: 1, units: 100, reservedUnits: 0, unpickedUnits: 0 },
    },
  ],
  round: 1,
  recounts: 1,
  judged: { lineId: '1', outcome: 'recount', entry: 0, book: 100, variance: -7, within: false, by: 'planner' },
  firstWithin: false,
};

function recordIn(phase: CountPhase, blind: boolean) {
  const fresh = initialRecord();
  return { ...fresh, state: { ...fresh.state, batchId: 'cc_1', locationId: 'BER', phase, blind, lines: [line] } };
}

describe('what people see of a batch of counts', () => {
  it.each(['open', 'counting', 'cancelled'] as const)('says nothing of the recorded stock while a blind one is %s', (phase) => {
    const record = recordIn(phase, true);
    expect(Object.keys(batchView(record))).not.toEqual(expect.arrayContaining(['netVarianceValue']));
    const text = JSON.stringify(countView(record, new Map(), 'ben'));
    for (const field of ['accuracy', 'Variance', 'bookQuantity', 'variance', 'quantityReserved', '93']) {
      expect(text).not.toContain(field);
    }
  });

  it('says of a blind one how many lines were judged out of tolerance, which their status tells too', () => {
    const fresh = recordIn('open', true);
    const { judged: _, ...unjudged } = line;
    expect(batchView({ ...fresh, state: { ...fresh.state, lines: [{ ...unjudged, status: 'counted' }] } }).outOfTolerance).toBe(0);
    expect(batchView(recordIn('counting', true)).outOfTolerance).toBe(1);
  });

  it('says it of one that is not blind, and of one in review', () => {
    const figures = { outOfTolerance: 1, netVarianceValue: -70, grossVarianceValue: 70 };
    expect(batchView(recordIn('cancelled', false))).toMatchObject(figures);
    expect(batchView(recordIn('review', true))).toMatchObject(figures);
  });
});
