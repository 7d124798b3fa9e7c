import { committed, described, issued, level, moved, placed, received } from '../../../test/events.js';
import { commit, issue, reportLevel } from '../../../test/commands.js';
import { at, given } from '../../../test/given.js';
import { evening, hour, morning, night, noon } from '../../../test/times.js';

const order = { orderId: 'order of r1' };
const sold = [received('BER', 10), received('HAM', 10), placed('r1', { BER: 4 }), at(noon, committed('r1', { BER: 4 }))];

describe('an issue that names the order', () => {
  it('acknowledges its commit: on hand went down then', () => {
    given(...sold)
      .when(issue('BER', 4, order))
      .then(issued('BER', 4, { ...order, acknowledgedUnits: 4 }));
  });

  it('acknowledges a part', () => {
    given(...sold)
      .when(issue('BER', 1, order))
      .then(issued('BER', 1, { ...order, acknowledgedUnits: 1 }));
  });

  it('lowers on hand by what was not committed', () => {
    given(...sold)
      .when(issue('BER', 6, order))
      .then(issued('BER', 6, { ...order, acknowledgedUnits: 4, unmatchedUnits: 2, delta: -2 }));
  });

  it('gives units back where they were taken and were not shipped from', () => {
    given(...sold)
      .when(issue('HAM', 4, order))
      .then(issued('HAM', 4, { ...order, reassigned: [{ locationId: 'BER', quantity: 4 }], delta: -4 }));
  });

  it('is not acknowledged twice', () => {
    given(...sold, issued('BER', 4, { ...order, acknowledgedUnits: 4 }))
      .when(issue('BER', 4, { ...order, messageId: 'second' }))
      .then(issued('BER', 4, { ...order, messageId: 'second', unmatchedUnits: 4, delta: -4 }));
  });

  it('gives back what was taken off twice where a figure knew of it before the message came', () => {
    given(...sold, level('BER', 6, night, { unpostedUnits: -4, delta: -4 }))
      .when(issue('BER', 4, { ...order, effectiveAt: evening }))
      .then(issued('BER', 4, { ...order, effectiveAt: evening, acknowledgedUnits: 4, delta: 4 }));
  });

  it('changes nothing when the message comes again', () => {
    given(...sold, issued('BER', 4, { ...order, acknowledgedUnits: 4 }))
      .when(issue('BER', 4, order))
      .thenNothing();
  });
});

describe('an issue ahead of the commit', () => {
  const ahead = [received('BER', 10), received('HAM', 10), placed('r1', { BER: 4 })];
  const wholly = { ...order, unmatchedUnits: 4, delta: -4 };

  it('is set off when the commit comes', () => {
    given(...ahead, issued('BER', 4, wholly))
      .when(commit('r1'))
      .then(committed('r1', { BER: 4 }, { alreadyIssued: [{ locationId: 'BER', quantity: 4 }] }));
  });

  it('is set off in part', () => {
    given(...ahead, issued('BER', 3, { ...order, unmatchedUnits: 3, delta: -3 }))
      .when(commit('r1'))
      .then(committed('r1', { BER: 4 }, { alreadyIssued: [{ locationId: 'BER', quantity: 3 }] }));
  });

  it('is set off where the goods left from elsewhere', () => {
    given(...ahead, issued('HAM', 4, wholly))
      .when(commit('r1'))
      .then(committed('r1', { BER: 4 }, { alreadyIssued: [{ locationId: 'BER', quantity: 4 }] }));
  });

  it('is set off once', () => {
    given(...ahead, issued('BER', 2, { ...order, unmatchedUnits: 2, delta: -2 }))
      .when(commit('r1', { quantity: 2 }))
      .then(committed('r1', { BER: 2 }, { alreadyIssued: [{ locationId: 'BER', quantity: 2 }], openUnits: 2 }));
    given(
      ...ahead,
      issued('BER', 2, { ...order, unmatchedUnits: 2, delta: -2 }),
      committed('r1', { BER: 2 }, { alreadyIssued: [{ locationId: 'BER', quantity: 2 }], openUnits: 2 }),
    )
      .when(commit('r1', { commandId: 'second' }))
      .then(committed('r1', { BER: 2 }, { commitId: 'second' }));
  });
});

describe('an issue of an order whose commit was presumed posted', () => {
  const presumed = level('BER', 6, noon + 2 * hour, { presumedPostedUntil: noon, delta: 0 });

  it('changes nothing where the figure contained it indeed', () => {
    given(...sold, presumed)
      .when(issue('BER', 4, { ...order, effectiveAt: noon + hour }))
      .then(issued('BER', 4, { ...order, effectiveAt: noon + hour, presumedUnits: 4 }));
  });

  it('lowers on hand where the presumption was wrong', () => {
    given(...sold, presumed)
      .when(issue('BER', 4, { ...order, effectiveAt: night }))
      .then(issued('BER', 4, { ...order, effectiveAt: night, presumedUnits: 4, delta: -4 }));
  });

  it('is the presumed one of two commits of the order where the figure contained the posting', () => {
    const again = [placed('r2', { BER: 3 }, order), at(noon + hour, committed('r2', { BER: 3 }, order))];
    const posted = { ...order, effectiveAt: noon + hour };
    given(...sold, ...again, level('BER', 3, noon + 2 * hour, { presumedPostedUntil: noon, unpostedUnits: -3, delta: -3 }))
      .when(issue('BER', 4, posted))
      .then(issued('BER', 4, { ...posted, presumedUnits: 4 }));
  });

  it('is the unposted one of two commits of the order where the posting is later than the figure', () => {
    const again = [placed('r2', { BER: 3 }, order), at(noon + hour, committed('r2', { BER: 3 }, order))];
    const posted = { ...order, effectiveAt: night };
    given(...sold, ...again, level('BER', 3, noon + 2 * hour, { presumedPostedUntil: noon, unpostedUnits: -3, delta: -3 }))
      .when(issue('BER', 3, posted))
      .then(issued('BER', 3, { ...posted, acknowledgedUnits: 3 }));
  });

  it('is found from another location too, and leaves nothing to set a later commit off against', () => {
    given(...sold, presumed)
      .when(issue('HAM', 4, { ...order, effectiveAt: night }))
      .then(issued('HAM', 4, { ...order, effectiveAt: night, presumedUnits: 4, delta: -4 }));
  });
});

describe('an issue without an order', () => {
  it('lowers on hand and makes an unknown SKU known', () => {
    given()
      .when(issue('BER', 2))
      .then(described({ commandId: 'issue', verified: false }), issued('BER', 2, { unmatchedUnits: 2, delta: -2 }));
  });

  it('changes nothing that a figure contains already', () => {
    given(level('BER', 5, noon))
      .when(issue('BER', 2))
      .then(issued('BER', 2, { unmatchedUnits: 2 }));
  });

  it('may leave promises uncovered', () => {
    given(received('BER', 5), placed('r1', { BER: 5 }))
      .when(issue('BER', 2))
      .then(issued('BER', 2, { unmatchedUnits: 2, delta: -2 }));
  });

  it('acknowledges an own move that it names as its document', () => {
    const posted = { documentId: 'M1', effectiveAt: evening };
    given(received('BER', 9), moved('BER', 'HAM', 3))
      .when(issue('BER', 3, posted))
      .then(issued('BER', 3, { ...posted, acknowledgedUnits: 3 }));
    given(received('BER', 9), moved('BER', 'HAM', 3), issued('BER', 3, { ...posted, acknowledgedUnits: 3 }))
      .when(reportLevel('BER', 6, evening))
      .then(level('BER', 6, evening, { delta: 0 }));
  });

  it('refuses what is no count of units', () => {
    given(received('BER', 9, { effectiveAt: morning }))
      .when(issue('BER', 0))
      .thenRefused('invalid_quantity');
  });
});
