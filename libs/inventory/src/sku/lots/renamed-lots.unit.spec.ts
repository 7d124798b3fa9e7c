import { LotWorld } from '../../../test/lots.js';

const day = 86_400_000;
const noon = Date.UTC(2026, 4, 20, 12);

/** A was sold and has another id since; B lies there too. */
function soldAndRenamed(): LotWorld {
  const milk = new LotWorld(noon);
  milk.receive('BER', { A: [5, noon + day], B: [5, noon + 60 * day] });
  milk.reserve('r1', 3);
  milk.commit('r1', { commandId: 'commit' });
  milk.do('RenameLot', { lotId: 'A', toLotId: 'X' });
  return milk;
}

const issue = (milk: LotWorld, lotId: string) =>
  milk.do('IssueStock', {
    ...{ locationId: 'BER', quantity: 3, effectiveAt: noon, messageId: `issue of ${lotId}`, connectionId: 'erp' },
    ...{ orderId: 'order of r1', lotId },
  });

const reverse = (milk: LotWorld) => milk.do('ReverseCommit', { reservationId: 'r1', commitCommandId: 'commit', orderId: 'order of r1' });

describe('a lot that has another id since its units were sold', () => {
  it('is the lot that an ERP issues under either id: nothing is exchanged', () => {
    for (const lotId of ['A', 'X']) {
      const milk = soldAndRenamed();
      expect(issue(milk, lotId).at(-1)).not.toHaveProperty('positions');
      expect(milk.lots()).toEqual({ X: 2, B: 5 });
    }
  });

  it('gets its units back under its id of now, expired ones too', () => {
    const milk = soldAndRenamed();
    milk.now = noon + 2 * day;
    reverse(milk);
    expect(milk.lots()).toEqual({ X: 5, B: 5 });
    expect(milk.balance().held).toBe(5);
  });

  it('is not mixed up with a later lot of its former id', () => {
    const milk = soldAndRenamed();
    milk.reserve('r2', 2);
    milk.commit('r2');
    const ids = Array.from({ length: 130 }, (_, index) => `L${String(index)}`);
    milk.receive('HAM', Object.fromEntries(ids.map((id) => [id, [1] as const])));
    milk.do('RecordPositions', { locationId: 'HAM', effectiveAt: noon, reasonCode: 'count', positions: [], complete: true });
    milk.receive('BER', { A: [4, noon + 90 * day] });
    reverse(milk);
    expect(milk.lots()).toEqual({ X: 3, A: 4, B: 5 });
    expect(milk.balance().held).toBe(3);
  });

  it('is exchanged with another lot that the ERP knows under a former id, and back', () => {
    const milk = soldAndRenamed();
    milk.do('RenameLot', { lotId: 'B', toLotId: 'Y' });
    issue(milk, 'B');
    expect(milk.lots()).toEqual({ X: 5, Y: 2 });
    const [commit] = milk.state.ended.get('r1')?.commits ?? [];
    expect(commit?.positions).toEqual([{ locationId: 'BER', lotId: 'Y', delta: -3 }]);
  });
});
