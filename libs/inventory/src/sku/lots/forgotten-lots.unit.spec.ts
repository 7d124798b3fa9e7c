import { LotWorld } from '../../../test/lots.js';
import { skuLimits, type SkuEvent } from '../../index.js';

const noon = Date.UTC(2026, 4, 20, 12);
const world = (): LotWorld => new LotWorld(noon);

/** So many other lots come and go that an empty one is forgotten. */
function forget(milk: LotWorld): void {
  const ids = Array.from({ length: skuLimits.EMPTIED_LOTS_KEPT + 1 }, (_, index) => `L${String(index)}`);
  milk.receive('HAM', Object.fromEntries(ids.map((id) => [id, [1] as const])));
  milk.do('RecordPositions', { locationId: 'HAM', effectiveAt: noon, reasonCode: 'count', positions: [], complete: true });
}

function soldOut(): LotWorld {
  const milk = world();
  milk.receive('BER', { A: [3, noon + 86_400_000] });
  milk.reserve('r1', 3);
  milk.commit('r1', { commandId: 'commit' });
  return milk;
}

const recall = (milk: LotWorld): readonly SkuEvent[] => milk.do('PlaceHold', { holdId: 'h1', holdType: 'recall', lotId: 'A' });

const reverse = (milk: LotWorld): readonly SkuEvent[] =>
  milk.do('ReverseCommit', { reservationId: 'r1', commitCommandId: 'commit', orderId: 'order of r1' });

describe('units of a recalled lot that come back', () => {
  it('are held, and have their date, however many lots became empty since the recall', () => {
    const milk = soldOut();
    recall(milk);
    forget(milk);
    reverse(milk);
    expect(milk.balance()).toEqual({ onHand: 3, reserved: 0, held: 3 });
    expect(milk.state.detail?.lots?.lots.get('A')?.expiryDate).toBe('2026-05-21');
  });

  it('are held also where the lot was forgotten before its recall', () => {
    const milk = soldOut();
    forget(milk);
    expect(milk.state.detail?.lots?.lots.has('A')).toBe(false);
    recall(milk);
    expect(reverse(milk).map(({ type }) => type)).toEqual(['LotDeclared', 'LotExpired', 'ReservationCommitReversed']);
    expect(milk.balance()).toEqual({ onHand: 3, reserved: 0, held: 3 });
  });
});

describe('units of a forgotten lot that come back', () => {
  it('count as expired until somebody says the date, as nobody knows it any more', () => {
    const milk = soldOut();
    forget(milk);
    milk.now = noon + 2 * 86_400_000;
    reverse(milk);
    expect(milk.lots()).toEqual({ A: 3 });
    expect(milk.balance()).toEqual({ onHand: 3, reserved: 0, held: 3 });
    const expiresAt = milk.now + 86_400_000;
    milk.do('ChangeLotExpiry', { lotId: 'A', expiryDate: '2026-05-22', expiresAt: [{ locationId: 'BER', expiresAt }] });
    expect(milk.balance().held).toBe(0);
  });

  it('also where an ERP says that another lot left in its place', () => {
    const milk = soldOut();
    forget(milk);
    milk.receive('BER', { B: [5] });
    milk.do('IssueStock', {
      ...{ locationId: 'BER', quantity: 3, effectiveAt: noon, messageId: 'i1', connectionId: 'erp' },
      ...{ orderId: 'order of r1', lotId: 'B' },
    });
    expect(milk.lots()).toEqual({ A: 3, B: 2 });
    expect(milk.balance()).toEqual({ onHand: 5, reserved: 0, held: 3 });
  });
});
