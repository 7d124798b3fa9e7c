import { arrived, described, level, moved, received, shipped } from '../../../test/events.js';
import { receive, reportLevel } from '../../../test/commands.js';
import { given } from '../../../test/given.js';
import { evening, morning, noon } from '../../../test/times.js';

const erp = { connectionId: 'erp' };

describe('receiving stock', () => {
  it('adds to on hand, and makes an unknown SKU known', () => {
    given()
      .when(receive('BER', 5))
      .then(described({ commandId: 'receive', verified: false }), received('BER', 5));
  });

  it('changes nothing when the message comes again', () => {
    given(received('BER', 5, erp))
      .when(receive('BER', 5, erp))
      .thenNothing();
  });

  it("takes another connection's message of the same name for another message", () => {
    given(received('BER', 5, erp))
      .when(receive('BER', 5, { connectionId: 'other' }))
      .then(received('BER', 5, { connectionId: 'other' }));
  });

  it('adds nothing that a figure of the ERP contains already', () => {
    given(level('BER', 5, noon))
      .when(receive('BER', 5, { ...erp, effectiveAt: noon }))
      .then(received('BER', 5, { ...erp, effectiveAt: noon, delta: 0 }));
  });

  it('adds what was posted after the figure', () => {
    given(level('BER', 5, noon))
      .when(receive('BER', 5, { ...erp, effectiveAt: noon + 1 }))
      .then(received('BER', 5, { ...erp, effectiveAt: noon + 1 }));
  });

  it('adds what people received, also when they tell late', () => {
    given(level('BER', 5, noon))
      .when(receive('BER', 5))
      .then(received('BER', 5));
  });

  it('refuses what is no count of units', () => {
    for (const quantity of [0, -1, 0.5, Number.NaN, 1_000_000_001]) given().when(receive('BER', quantity)).thenRefused('invalid_quantity');
  });
});

describe('a receipt that the ERP posts for an own move or transfer', () => {
  const posted = { ...erp, documentId: 'M1', effectiveAt: evening };

  it('adds nothing, since on hand has the units', () => {
    given(received('BER', 9), moved('BER', 'HAM', 3))
      .when(receive('HAM', 3, posted))
      .then(received('HAM', 3, { ...posted, acknowledgedUnits: 3, delta: 0 }));
  });

  it('adds what is more than was moved', () => {
    given(received('BER', 9), moved('BER', 'HAM', 3))
      .when(receive('HAM', 5, posted))
      .then(received('HAM', 5, { ...posted, acknowledgedUnits: 3, delta: 2 }));
  });

  it('is contained in later figures', () => {
    given(received('BER', 9), moved('BER', 'HAM', 3), received('HAM', 3, { ...posted, acknowledgedUnits: 3, delta: 0 }))
      .when(reportLevel('HAM', 3, evening))
      .then(level('HAM', 3, evening, { delta: 0 }));
  });

  it('takes units off that a figure had contained before the message came', () => {
    given(
      received('BER', 9),
      shipped('BER', 'HAM', 3, 'M1'),
      arrived('HAM', 3, 'first', 'M1'),
      level('HAM', 3, evening, { unpostedUnits: 3, delta: 3 }),
    )
      .when(receive('HAM', 3, posted))
      .then(received('HAM', 3, { ...posted, acknowledgedUnits: 3, delta: -3 }));
  });

  it('is an ordinary receipt at a location that the document did not name', () => {
    given(received('BER', 9), moved('BER', 'HAM', 3))
      .when(receive('MUC', 3, { ...posted, effectiveAt: morning }))
      .then(received('MUC', 3, { ...posted, effectiveAt: morning }));
  });
});
