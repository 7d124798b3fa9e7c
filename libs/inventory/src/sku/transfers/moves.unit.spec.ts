import {
  adjusted,
  arrived,
  committed,
  described,
  expired,
  issued,
  level,
  moved,
  placed,
  received,
  returned,
  shipped,
} from '../../../test/events.js';
import { move, receiveTransfer, reportLevel, returnTransfer, ship } from '../../../test/commands.js';
import { fold, given } from '../../../test/given.js';
import { morning, noon } from '../../../test/times.js';

describe('moving stock', () => {
  it('takes free units from one location to another', () => {
    given(received('BER', 5))
      .when(move('BER', 'HAM', 3))
      .then(moved('BER', 'HAM', 3));
  });

  it('takes all that is free, and not one unit more', () => {
    given(received('BER', 5), placed('r1', { BER: 3 }))
      .when(move('BER', 'HAM', 2))
      .then(moved('BER', 'HAM', 2));
  });

  it('leaves promised units where they are', () => {
    given(received('BER', 5), placed('r1', { BER: 3 }))
      .when(move('BER', 'HAM', 3))
      .thenRefused('insufficient_stock', { requested: 3, available: 2 });
  });

  it('takes units of overdue holds, which end by that', () => {
    given(received('BER', 5), placed('r1', { BER: 3 }))
      .when({ ...move('BER', 'HAM', 3), at: noon })
      .then(expired('r1', { BER: 3 }), moved('BER', 'HAM', 3));
  });

  it('changes nothing when the command comes again', () => {
    given(received('BER', 9), moved('BER', 'HAM', 3))
      .when(move('BER', 'HAM', 3))
      .thenNothing();
  });

  it('refuses an unknown SKU, a location to itself and no units', () => {
    given()
      .when(move('BER', 'HAM', 3))
      .thenRefused('unknown_sku');
    given(described())
      .when(move('BER', 'BER', 3))
      .thenRefused('same_location', { locationId: 'BER' });
    given(described())
      .when(move('BER', 'HAM', 0))
      .thenRefused('invalid_quantity');
  });
});

describe('a transfer', () => {
  const travelling = [received('BER', 5), shipped('BER', 'HAM', 3)];

  it('puts free units on their way', () => {
    given(received('BER', 5))
      .when(ship('BER', 'HAM', 3))
      .then(shipped('BER', 'HAM', 3));
  });

  it('is shipped once, also after its end', () => {
    given(...travelling)
      .when(ship('BER', 'HAM', 3))
      .thenNothing();
    given(...travelling, arrived('HAM', 3))
      .when(ship('BER', 'HAM', 3))
      .thenNothing();
  });

  it('is not shipped under an id whose units went back', () => {
    given(...travelling, returned('BER', 'HAM', 3))
      .when(ship('BER', 'HAM', 3))
      .thenRefused('transfer_returned', { transferId: 'T1' });
    given(...travelling, arrived('HAM', 1), returned('BER', 'HAM', 2))
      .when(ship('BER', 'HAM', 3))
      .thenRefused('transfer_returned');
  });

  it('knows its receipts again while it is under way and after, whatever else the SKU does', () => {
    const others = Array.from({ length: 2_000 }, (_, index) => adjusted('BER', 1, { commandId: `other ${String(index)}` }));
    given(...travelling, arrived('HAM', 1), ...others)
      .when(receiveTransfer(1))
      .thenNothing();
    given(...travelling, arrived('HAM', 1), arrived('HAM', 2, 'second'), ...others)
      .when(receiveTransfer(1))
      .thenNothing();
  });

  it('takes no promised units', () => {
    given(received('BER', 5), placed('r1', { BER: 3 }))
      .when(ship('BER', 'HAM', 3))
      .thenRefused('insufficient_stock', { requested: 3, available: 2 });
  });

  it('arrives in parts', () => {
    given(...travelling)
      .when(receiveTransfer(2))
      .then(arrived('HAM', 2));
    given(...travelling, arrived('HAM', 2))
      .when(receiveTransfer(1, 'second'))
      .then(arrived('HAM', 1, 'second'));
  });

  it('takes a receipt once', () => {
    given(...travelling, arrived('HAM', 1))
      .when(receiveTransfer(1))
      .thenNothing();
  });

  it('cannot arrive with more than is on its way', () => {
    given(...travelling)
      .when(receiveTransfer(4))
      .thenRefused('quantity_exceeds_open', { requested: 4, open: 3 });
    given(...travelling, arrived('HAM', 3))
      .when(receiveTransfer(1, 'second'))
      .thenRefused('quantity_exceeds_open', { open: 0 });
    given(...travelling)
      .when(receiveTransfer(0))
      .thenRefused('invalid_quantity');
  });

  it('goes back with what is still on its way, once', () => {
    given(...travelling, arrived('HAM', 1))
      .when(returnTransfer())
      .then(returned('BER', 'HAM', 2));
    given(...travelling, arrived('HAM', 1), returned('BER', 'HAM', 2))
      .when(returnTransfer())
      .thenNothing();
  });

  it('is unknown until it is shipped', () => {
    given(received('BER', 5)).when(receiveTransfer(1)).thenRefused('unknown_transfer', { transferId: 'T1' });
  });

  it('can no longer be shipped once it was returned before it was seen: a step that comes late ships nothing', () => {
    given(received('BER', 5))
      .when(returnTransfer())
      .then(returned('BER', 'HAM', 0));
    given(received('BER', 5), returned('BER', 'HAM', 0))
      .when(returnTransfer())
      .thenNothing();
    given(received('BER', 5), returned('BER', 'HAM', 0))
      .when(ship('BER', 'HAM', 2))
      .thenRefused('transfer_returned', { transferId: 'T1' });
  });

  it('ships nothing by a step that comes after the SKU has forgotten the end of its shipment', () => {
    const others = Array.from({ length: 130 }, (_, index) => {
      const id = `other ${String(index)}`;
      return [shipped('BER', 'HAM', 1, id), returned('BER', 'HAM', 1, id)];
    }).flat();
    const busy = [received('BER', 500), shipped('BER', 'HAM', 3), arrived('HAM', 3), ...others];
    given(...busy)
      .when({ ...ship('BER', 'HAM', 3), startedAt: morning })
      .thenRefused('transfer_forgotten', { transferId: 'T1' });
    given(...busy)
      .when({ ...ship('BER', 'HAM', 3, 'new'), startedAt: morning + 1 })
      .then(shipped('BER', 'HAM', 3, 'new'));
    given(...busy.slice(0, 3), ...others.slice(2 * 3))
      .when({ ...ship('BER', 'HAM', 3, 'new'), startedAt: morning })
      .then(shipped('BER', 'HAM', 3, 'new'));
  });

  it('is one of a limited number', () => {
    const many = Array.from({ length: 10_000 }, (_, index) => shipped('BER', 'HAM', 1, `T${String(index)}`));
    given(received('BER', 20_000), ...many)
      .when(ship('BER', 'HAM', 1, 'one more'))
      .thenRefused('too_many_open_transfers');
  });
});

describe('a transfer and the figures of the ERP', () => {
  it('owes the ERP nothing when it went back before the ERP posted it', () => {
    given(received('BER', 5), shipped('BER', 'HAM', 3), returned('BER', 'HAM', 3))
      .when(reportLevel('BER', 5, noon))
      .then(level('BER', 5, noon, { delta: 0 }));
  });

  it('waits for the ERP to take back what it had posted', () => {
    const posted = issued('BER', 3, { documentId: 'T1', acknowledgedUnits: 3, effectiveAt: noon - 1 });
    given(received('BER', 5), shipped('BER', 'HAM', 3), posted, returned('BER', 'HAM', 3))
      .when(reportLevel('BER', 2, noon))
      .then(level('BER', 2, noon, { unpostedUnits: 3, delta: 0 }));
  });
});

describe('the journal of own movements', () => {
  const sales = (count: number) =>
    Array.from({ length: count }, (_, index) => {
      const id = `r${String(index)}`;
      return [placed(id, { BER: 1 }), committed(id, { BER: 1 })];
    }).flat();

  it('carries the oldest as one beyond the limit: no figure contains them', () => {
    given(received('BER', 5_000), ...sales(1_030))
      .when(reportLevel('BER', 5_000, noon))
      .then(level('BER', 5_000, noon, { unpostedUnits: -1_030, delta: 0 }));
    expect(fold([received('BER', 5_000), ...sales(1_030)]).journals.get('BER')).toMatchObject({ ownCount: 1_024, carried: -6 });
  });

  it('lets a posting lag cover them', () => {
    given(received('BER', 5_000), ...sales(1_030))
      .when(reportLevel('BER', 3_970, noon, { postingLagMs: 1 }))
      .then(level('BER', 3_970, noon, { presumedPostedUntil: noon - 1, delta: 0 }));
  });

  it('keeps more of them where an ERP may still post them', () => {
    const history = [received('BER', 5_000, { connectionId: 'erp' }), ...sales(1_030)];
    expect(fold(history).journals.get('BER')).toMatchObject({ ownCount: 1_030, carried: 0 });
  });
});
