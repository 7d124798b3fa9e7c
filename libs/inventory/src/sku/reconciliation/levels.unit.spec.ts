import { adjusted, committed, described, issued, level, moved, placed, received } from '../../../test/events.js';
import { reportLevel } from '../../../test/commands.js';
import { at, given } from '../../../test/given.js';
import { evening, hour, morning, night, noon } from '../../../test/times.js';

const sold = [received('BER', 10), placed('r1', { BER: 4 }), at(noon, committed('r1', { BER: 4 }))];

describe('a figure of the ERP', () => {
  it('opens the books of an unknown SKU, which stays unverified', () => {
    given()
      .when(reportLevel('BER', 10, morning))
      .then(described({ commandId: `report ${String(morning)}`, verified: false }), level('BER', 10, morning));
  });

  it('is lowered by commits that the ERP has not posted, however old', () => {
    given(...sold)
      .when(reportLevel('BER', 10, night))
      .then(level('BER', 10, night, { unpostedUnits: -4, delta: 0 }));
  });

  it('is taken as it is once the ERP has posted the order by then', () => {
    given(...sold, issued('BER', 4, { orderId: 'order of r1', acknowledgedUnits: 4, effectiveAt: evening }))
      .when(reportLevel('BER', 6, night))
      .then(level('BER', 6, night, { delta: 0 }));
  });

  it('does not bring sold stock back when it is from before the posting', () => {
    given(...sold, issued('BER', 4, { orderId: 'order of r1', acknowledgedUnits: 4, effectiveAt: evening }))
      .when(reportLevel('BER', 10, noon + hour))
      .then(level('BER', 10, noon + hour, { unpostedUnits: -4, delta: 0 }));
  });

  it('contains receipts up to its time and not later ones', () => {
    given(received('BER', 10, { connectionId: 'erp' }), received('BER', 5, { connectionId: 'erp', effectiveAt: noon }))
      .when(reportLevel('BER', 9, noon - 1))
      .then(level('BER', 9, noon - 1, { unpostedUnits: 5, delta: -1 }));
  });

  it('contains adjustments up to its time', () => {
    given(level('BER', 10, morning), adjusted('BER', -2, { effectiveAt: noon }))
      .when(reportLevel('BER', 10, noon))
      .then(level('BER', 10, noon, { delta: 2 }));
  });

  it('does not contain own moves', () => {
    given(level('BER', 10, morning), level('HAM', 0, morning), moved('BER', 'HAM', 3))
      .when(reportLevel('HAM', 1, noon))
      .then(level('HAM', 1, noon, { unpostedUnits: 3, delta: 1 }));
  });

  it('may leave promises uncovered', () => {
    given(received('BER', 10), placed('r1', { BER: 8 }))
      .when(reportLevel('BER', 5, noon))
      .then(level('BER', 5, noon, { delta: -5 }));
  });

  it('may be negative', () => {
    given(level('BER', 1, morning))
      .when(reportLevel('BER', -2, noon))
      .then(level('BER', -2, noon, { delta: -3 }));
  });
});

describe('a posting lag', () => {
  it('presumes commits posted that are older', () => {
    given(...sold)
      .when(reportLevel('BER', 6, noon + 2 * hour, { postingLagMs: 2 * hour }))
      .then(level('BER', 6, noon + 2 * hour, { presumedPostedUntil: noon, delta: 0 }));
  });

  it('keeps younger commits out of the figure', () => {
    given(...sold)
      .when(reportLevel('BER', 10, noon + hour, { postingLagMs: 2 * hour }))
      .then(level('BER', 10, noon + hour, { presumedPostedUntil: noon - hour, unpostedUnits: -4, delta: 0 }));
  });
});

describe('a figure not newer than the last one', () => {
  const refused = {
    type: 'LevelRefused',
    locationId: 'BER',
    connectionId: 'erp',
    messageId: 'late',
    figure: 99,
    asOf: noon,
    lastAsOf: noon,
  } as const;

  it('is recorded without effect', () => {
    given(level('BER', 10, noon))
      .when(reportLevel('BER', 99, noon, { messageId: 'late' }))
      .then(refused);
  });

  it('is recorded once', () => {
    given(level('BER', 10, noon), refused)
      .when(reportLevel('BER', 99, noon, { messageId: 'late' }))
      .thenNothing();
  });

  it('is measured per location', () => {
    given(level('HAM', 10, night))
      .when(reportLevel('BER', 3, morning))
      .then(level('BER', 3, morning));
  });

  it('is refused too where the journal does not reach back so far', () => {
    const receipts = Array.from({ length: 1_025 }, (_, index) =>
      received('BER', 1, { connectionId: 'erp', messageId: String(index), effectiveAt: 1_000 + index }),
    );
    given(...receipts)
      .when(reportLevel('BER', 99, 999, { messageId: 'late' }))
      .then({ ...refused, asOf: 999, lastAsOf: 999 });
    given(...receipts)
      .when(reportLevel('BER', 7, 1_000))
      .then(level('BER', 7, 1_000, { unpostedUnits: 1_024, delta: 6 }));
  });
});

describe('the message of a figure', () => {
  it('changes nothing when it comes again', () => {
    given(level('BER', 10, noon))
      .when(reportLevel('BER', 10, noon))
      .thenNothing();
  });

  it('is refused with a figure that is no count of units', () => {
    given()
      .when(reportLevel('BER', 1.5, noon))
      .thenRefused('invalid_quantity', { quantity: 1.5 });
    given()
      .when(reportLevel('BER', 2_000_000_000, noon))
      .thenRefused('invalid_quantity', { most: 1_000_000_000 });
  });
});
