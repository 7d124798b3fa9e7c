import { arrived, held, heldBy, holdReleased, moved, placed, received, returned, shipped, whollyHeld } from '../../../test/events.js';
import { move, receiveTransfer, releaseHold, returnTransfer, ship } from '../../../test/commands.js';
import { given } from '../../../test/given.js';
import { closeTransfer } from '../../../test/transfer-commands.js';
import type { HoldPlaced, HoldReleased, SkuEvent, TravellingHold } from '../../index.js';

const stock = [received('BER', 10), held('h1', 'BER', 4)];
const left = (commandId: string, quantity: number, movedTo: string): HoldReleased =>
  holdReleased('h1', {
    releaseId: commandId,
    quantity,
    openUnits: 4 - quantity,
    disposition: 'moved',
    movedTo,
    held: heldBy({ BER: -quantity }),
  });
const travelling = (holdId: string): TravellingHold => ({ holdId, holdType: 'quality', movedFrom: 'h1' });
const shippedHeld = (quantity: number, holdId: string): SkuEvent => ({
  ...shipped('BER', 'HAM', quantity),
  holdId: 'h1',
  hold: travelling(holdId),
});
/** Placed before its units arrive, which the event of their arrival then holds. */
const comes = (holdId: string, locationId: string, quantity: number, commandId: string): HoldPlaced => {
  const { held: _, ...hold } = held(holdId, locationId, quantity, { commandId, movedFrom: 'h1' });
  return hold;
};
const onTheirWay = [...stock, left('ship T1', 4, 'h1'), shippedHeld(4, 'h1')];
const partOnItsWay = [...stock, left('ship T1', 3, 'hold_ship T1'), shippedHeld(3, 'hold_ship T1')];

describe('moving held units', () => {
  it('takes the whole hold along under its id', () => {
    given(...stock)
      .when({ ...move('BER', 'HAM', 4), holdId: 'h1' })
      .then(left('moved M1', 4, 'h1'), comes('h1', 'HAM', 4, 'moved M1'), {
        ...moved('BER', 'HAM', 4),
        holdId: 'h1',
        held: heldBy({ HAM: 4 }),
      });
  });

  it('splits the hold where a part moves', () => {
    given(...stock)
      .when({ ...move('BER', 'HAM', 1), holdId: 'h1' })
      .then(left('moved M1', 1, 'hold_moved M1'), comes('hold_moved M1', 'HAM', 1, 'moved M1'), {
        ...moved('BER', 'HAM', 1),
        holdId: 'h1',
        held: heldBy({ HAM: 1 }),
      });
  });

  it('leaves free units free, and moves those alone without a hold', () => {
    given(...stock)
      .when(move('BER', 'HAM', 7))
      .thenRefused('insufficient_stock', { requested: 7, available: 6 });
    given(...stock, placed('r1', { BER: 6 }))
      .when({ ...ship('BER', 'HAM', 4), holdId: 'h1' })
      .then(left('ship T1', 4, 'h1'), shippedHeld(4, 'h1'));
  });

  it('refuses units that the hold does not keep there', () => {
    const take = (quantity: number, holdId = 'h1', from = 'BER') => ({ ...move(from, 'LEJ', quantity), holdId });
    given(...stock)
      .when(take(5))
      .thenRefused('quantity_exceeds_open', { requested: 5, open: 4 });
    given(...stock)
      .when(take(1, 'h2'))
      .thenRefused('unknown_hold', { holdId: 'h2' });
    given(...stock)
      .when(take(1, 'h1', 'HAM'))
      .thenRefused('hold_elsewhere', { locationId: 'BER' });
    given(received('BER', 3), held('h1', 'BER', 4, { held: heldBy({ BER: 3 }) }))
      .when(take(4))
      .thenRefused('insufficient_stock', { requested: 4, available: 3 });
    given(...stock, holdReleased('h1', { quantity: 4, held: heldBy({ BER: -4 }) }))
      .when(take(1))
      .thenRefused('hold_released');
  });

  it('under a hold on all of a location leaves that hold, and holds the units where they come', () => {
    given(received('BER', 10), whollyHeld('h1', { BER: 10 }, { locationId: 'BER' }))
      .when({ ...move('BER', 'HAM', 3), holdId: 'h1' })
      .then(comes('hold_moved M1', 'HAM', 3, 'moved M1'), { ...moved('BER', 'HAM', 3), holdId: 'h1', held: heldBy({ BER: -3, HAM: 3 }) });
  });

  it('under a hold on the whole SKU needs no other', () => {
    given(received('BER', 10), whollyHeld('h1', { BER: 10 }))
      .when({ ...move('BER', 'HAM', 3), holdId: 'h1' })
      .then({ ...moved('BER', 'HAM', 3), holdId: 'h1', held: heldBy({ BER: -3, HAM: 3 }) });
  });
});

describe('held units in transit', () => {
  it('are shipped under their hold, whole or in part', () => {
    given(...stock)
      .when({ ...ship('BER', 'HAM', 4), holdId: 'h1' })
      .then(left('ship T1', 4, 'h1'), shippedHeld(4, 'h1'));
    given(...stock)
      .when({ ...ship('BER', 'HAM', 3), holdId: 'h1' })
      .then(left('ship T1', 3, 'hold_ship T1'), shippedHeld(3, 'hold_ship T1'));
    given(...onTheirWay)
      .when({ ...ship('BER', 'HAM', 4), holdId: 'h1' })
      .thenNothing();
  });

  it('arrive held, the first part under the id that they travelled under', () => {
    given(...onTheirWay)
      .when(receiveTransfer(4))
      .then(comes('h1', 'HAM', 4, 'receive T1 first'), { ...arrived('HAM', 4), held: heldBy({ HAM: 4 }) });
    given(...partOnItsWay, comes('hold_ship T1', 'HAM', 2, 'receive T1 first'), { ...arrived('HAM', 2), held: heldBy({ HAM: 2 }) })
      .when(receiveTransfer(1, 'second'))
      .then(comes('hold_receive T1 second', 'HAM', 1, 'receive T1 second'), {
        ...arrived('HAM', 1, 'second'),
        held: heldBy({ HAM: 1 }),
      });
  });

  it('stay under their hold where they are rejected', () => {
    given(...onTheirWay)
      .when({ ...receiveTransfer(3), rejected: 1 })
      .then(comes('h1', 'HAM', 4, 'receive T1 first'), { ...arrived('HAM', 4), held: heldBy({ HAM: 4 }) });
  });

  it('go back held', () => {
    given(...onTheirWay)
      .when(returnTransfer())
      .then({ ...comes('h1', 'BER', 4, 'return T1'), held: heldBy({ BER: 4 }) }, returned('BER', 'HAM', 4));
  });

  it('are lost with their hold', () => {
    given(...onTheirWay)
      .when(closeTransfer())
      .then({
        type: 'TransferLost',
        transferId: 'T1',
        fromLocationId: 'BER',
        toLocationId: 'HAM',
        quantity: 4,
        reasonCode: 'lost',
        holdId: 'h1',
      });
  });

  it('cannot be released on their way', () => {
    given(...onTheirWay)
      .when(releaseHold('h1'))
      .thenRefused('hold_in_transit', { holdId: 'h1' });
  });
});
