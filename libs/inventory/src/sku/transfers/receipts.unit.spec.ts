import { adjusted, arrived, committed, held, heldBy, placed, received, returned, shipped } from '../../../test/events.js';
import { commit, receiveTransfer, ship } from '../../../test/commands.js';
import { fold, given } from '../../../test/given.js';
import { closeTransfer } from '../../../test/transfer-commands.js';
import { hour } from '../../../test/times.js';
import { decideSku, type HoldPlaced, type SkuEvent, type TransferLost } from '../../index.js';

const travelling = [received('BER', 20), shipped('BER', 'HAM', 10)];
const rejected = (units: number): HoldPlaced =>
  held('hold_receive T1 first', 'HAM', units, {
    commandId: 'receive T1 first',
    holdType: 'damage',
    reference: 'T1',
    receiptId: 'first',
    createdBy: 'ann',
  });
/** The units under it come with the next event, which then holds them. */
function ahead(event: HoldPlaced): HoldPlaced {
  const { held: _, ...rest } = event;
  return rest;
}
const beyond = (units: number, documentLine = 1): SkuEvent =>
  adjusted('HAM', units, {
    commandId: 'receive T1 first',
    reasonCode: 'over_receipt',
    effectiveAt: 10 * hour,
    documentId: 'T1',
    documentLine,
    postedBack: true,
  });
const lost = (quantity: number, fields: Partial<TransferLost> = {}): TransferLost => ({
  type: 'TransferLost',
  transferId: 'T1',
  fromLocationId: 'BER',
  toLocationId: 'HAM',
  quantity,
  reasonCode: 'lost',
  ...fields,
});
const over = (quantity: number) => ({ over: { quantity, reasonCode: 'over_receipt' } });

describe('P5: a receipt with rejected units', () => {
  const command = { ...receiveTransfer(7), rejected: 3, receivedBy: 'ann' };

  it('counts 7 good and 3 rejected of 10 as arrived and holds the 3 at once', () => {
    given(...travelling)
      .when(command)
      .then(ahead(rejected(3)), { ...arrived('HAM', 10), held: heldBy({ HAM: 3 }) });
    const decision = decideSku(fold(travelling), command);
    const { balances, inTransit } = fold([...travelling, ...(decision.kind === 'accepted' ? decision.events : [])]);
    expect({ ...balances.get('HAM'), inTransit: inTransit.size }).toEqual({
      onHand: 10,
      reserved: 0,
      safetyStock: 0,
      held: 3,
      inTransit: 0,
    });
  });

  it('is recorded once', () => {
    given(...travelling, rejected(3), arrived('HAM', 10))
      .when(command)
      .thenNothing();
  });

  it('may consist of rejected units only, and never uncovers what is promised there', () => {
    given(...travelling, received('HAM', 2), placed('r1', { HAM: 2 }))
      .when({ ...receiveTransfer(0), rejected: 4, receivedBy: 'ann' })
      .then({ ...rejected(4), held: heldBy({ HAM: 2 }) }, { ...arrived('HAM', 4), held: heldBy({ HAM: 2 }) });
  });

  it('refuses more than is on its way, and a receipt of nothing', () => {
    given(...travelling)
      .when({ ...receiveTransfer(8), rejected: 3 })
      .thenRefused('quantity_exceeds_open', { requested: 11, open: 10 });
    given(...travelling)
      .when(receiveTransfer(0))
      .thenRefused('invalid_quantity');
  });
});

describe('P7: a receipt of more than is on its way', () => {
  it('is refused where it does not say by how much', () => {
    given(...travelling)
      .when(receiveTransfer(12))
      .thenRefused('quantity_exceeds_open', { requested: 12, open: 10 });
    given(...travelling)
      .when({ ...receiveTransfer(12), ...over(1) })
      .thenRefused('quantity_exceeds_open');
  });

  it('receives to the open figure and adds the rest for a reason', () => {
    given(...travelling)
      .when({ ...receiveTransfer(12), ...over(2) })
      .then(arrived('HAM', 10), beyond(2));
  });

  it('is recorded once under its receipt', () => {
    given(...travelling, arrived('HAM', 10), beyond(2))
      .when({ ...receiveTransfer(12), ...over(2) })
      .thenNothing();
  });

  it('holds what of it is rejected', () => {
    given(...travelling)
      .when({ ...receiveTransfer(9), rejected: 3, receivedBy: 'ann', ...over(2) })
      .then(ahead(rejected(3)), { ...arrived('HAM', 10), held: heldBy({ HAM: 3 }) }, beyond(2));
  });

  it('adds what comes after the last unit on its way, also where the transfer is forgotten', () => {
    const late = { ...receiveTransfer(2), toLocationId: 'HAM', ...over(2) };
    given(...travelling, arrived('HAM', 10, 'before'))
      .when(late)
      .then(beyond(2, 2));
    given(received('BER', 5)).when(late).then(beyond(2));
  });

  it('refuses a surplus that the figures do not show', () => {
    given(...travelling)
      .when({ ...receiveTransfer(10), ...over(2) })
      .thenRefused('over_differs', { requested: 10, open: 10, over: 2 });
  });
});

describe('closing a transfer', () => {
  it('takes what is in transit out of the company, for a reason', () => {
    given(...travelling, arrived('HAM', 6))
      .when(closeTransfer())
      .then(lost(4));
    given(...travelling)
      .when(closeTransfer({ reasonCode: 'damaged_in_transit', reason: 'the pallet fell' }))
      .then(lost(10, { reasonCode: 'damaged_in_transit', reason: 'the pallet fell' }));
  });

  it('changes nothing once more, nor after the last unit arrived or went back', () => {
    given(...travelling, lost(10))
      .when(closeTransfer())
      .thenNothing();
    given(...travelling, arrived('HAM', 10))
      .when(closeTransfer())
      .thenNothing();
    given(...travelling, returned('BER', 'HAM', 10))
      .when(closeTransfer())
      .thenNothing();
    given(received('BER', 5)).when(closeTransfer()).thenRefused('unknown_transfer');
  });

  it('leaves nothing to receive, and its id ships nothing again', () => {
    given(...travelling, lost(10))
      .when(receiveTransfer(1))
      .thenRefused('quantity_exceeds_open', { open: 0 });
    given(...travelling, lost(10))
      .when(ship('BER', 'HAM', 10))
      .thenNothing();
  });

  it('leaves what lies in the locations to be sold', () => {
    given(received('BER', 20), shipped('BER', 'HAM', 10), placed('r1', { BER: 10 }), lost(10))
      .when(commit('r1'))
      .then(committed('r1', { BER: 10 }));
  });
});
