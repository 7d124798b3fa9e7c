import { LotWorld } from '../../../test/lots.js';
import { countMark } from '../../index.js';

const day = 86_400_000;
const noon = Date.UTC(2026, 4, 20, 12);
const end = noon + 30 * day;
const refused = (code: string, details: Readonly<Record<string, unknown>> = {}): object => ({ kind: 'refused', code, details });

const recall = (milk: LotWorld, lotId: string, holdId = 'h1') => milk.do('PlaceHold', { holdId, holdType: 'recall', lotId });

/** A 6 and B 6, dated alike. */
function stocked(): LotWorld {
  const milk = new LotWorld(noon);
  milk.receive('BER', { A: [6, end], B: [6, end] });
  return milk;
}

/** So many other lots come and go that an empty one is forgotten. */
function forget(milk: LotWorld): void {
  const ids = Array.from({ length: 130 }, (_, index) => `L${String(index)}`);
  milk.receive('HAM', Object.fromEntries(ids.map((id) => [id, [1] as const])));
  milk.do('RecordPositions', { locationId: 'HAM', effectiveAt: noon, reasonCode: 'count', positions: [], complete: true });
}

describe('a recall stops all units that came from the lot', () => {
  it('those that were split from it, also where it has another id since', () => {
    const milk = stocked();
    milk.correct('split', { fromLotId: 'A', toLotId: 'A2', quantity: 2 });
    milk.do('RenameLot', { lotId: 'A', toLotId: 'X' });
    recall(milk, 'X');
    expect(milk.balance()).toMatchObject({ onHand: 12, held: 6 });
  });

  it('those that were split from a part of it which nobody remembers', () => {
    const milk = stocked();
    milk.correct('split', { fromLotId: 'A', toLotId: 'A2', quantity: 3 });
    milk.correct('split', { fromLotId: 'A2', toLotId: 'A3', quantity: 3 });
    forget(milk);
    expect(milk.state.detail?.lots?.lots.has('A2')).toBe(false);
    recall(milk, 'A2', 'h2');
    expect(milk.balance().held).toBe(3);
    recall(milk, 'A');
    expect(milk.balance().held).toBe(6);
  });

  it('and those of a lot that it was merged into: nobody can tell them apart', () => {
    const milk = stocked();
    milk.correct('merge', { fromLotId: 'A', toLotId: 'B' });
    forget(milk);
    milk.do('RenameLot', { lotId: 'B', toLotId: 'Y' });
    const [placed] = recall(milk, 'A');
    expect(placed).toMatchObject({ type: 'HoldPlaced', lotId: 'A', lotIds: ['A', 'Y'] });
    expect(milk.balance()).toMatchObject({ onHand: 12, held: 12 });
    milk.do('ReleaseHold', { holdId: 'h1', disposition: 'to_stock' });
    expect(milk.balance().held).toBe(0);
  });

  it('but one that was stored without them holds what it held then: parts, not what was merged', () => {
    const milk = stocked();
    milk.correct('split', { fromLotId: 'A', toLotId: 'A2', quantity: 2 });
    milk.correct('merge', { fromLotId: 'A', toLotId: 'B' });
    const held = [{ locationId: 'BER', delta: 2 }];
    milk.happened({ type: 'HoldPlaced', holdId: 'h1', holdType: 'recall', lotId: 'A', commandId: 'c', uncoveredUnits: 0, held });
    expect(milk.state.detail?.holds.get('h1')?.lotIds).toEqual(['A', 'A2']);
    milk.do('ReleaseHold', { holdId: 'h1', disposition: 'to_stock' });
    expect(milk.balance().held).toBe(0);
  });
});

describe('a lot under a hold', () => {
  it('is not merged into one under another hold: a release of that would free its units', () => {
    const milk = stocked();
    milk.do('PlaceHold', { holdId: 'h1', holdType: 'quality', lotId: 'A' });
    milk.do('PlaceHold', { holdId: 'h2', holdType: 'quality', lotId: 'B' });
    const merge = () => milk.correct('merge', { fromLotId: 'A', toLotId: 'B' });
    expect(merge()).toMatchObject(refused('lot_held', { lotId: 'A', holdId: 'h1' }));
    milk.do('ReleaseHold', { holdId: 'h1', disposition: 'to_stock' });
    recall(milk, 'A', 'h3');
    milk.correct('split', { fromLotId: 'A', toLotId: 'A2', quantity: 3 });
    expect(milk.correct('merge', { fromLotId: 'A2', toLotId: 'A' })).toMatchObject({ kind: 'accepted' });
    expect(milk.balance().held).toBe(12);
  });

  it('is not scrapped while units of it are on their way: they would arrive free', () => {
    const milk = stocked();
    const way = { fromLocationId: 'BER', toLocationId: 'HAM', quantity: 2, positions: [{ lotId: 'A', quantity: 2 }] };
    milk.do('ShipTransfer', { ...way, transferId: 't1', startedAt: noon });
    recall(milk, 'A');
    const scrap = () => milk.try('ReleaseHold', { holdId: 'h1', disposition: 'scrap' });
    expect(scrap()).toMatchObject(refused('hold_in_transit', { holdId: 'h1', transferId: 't1' }));
    milk.do('ReceiveTransfer', { transferId: 't1', quantity: 2, receiptId: 'first' });
    expect(scrap()).toMatchObject({ kind: 'accepted' });
    expect([milk.lots(), milk.lots('HAM')]).toEqual([{ B: 6 }, {}]);
  });

  it('that was marked as expired stays so after a merge, whatever its dates become', () => {
    const milk = stocked();
    milk.expire({ lotId: 'A', locationId: 'BER' });
    milk.now = end;
    milk.correct('merge', { fromLotId: 'A', toLotId: 'B' });
    const lot = milk.state.detail?.lots?.lots.get('B');
    const was = lot?.expiresAt.get('BER');
    const instants = [{ locationId: 'BER', was, expiresAt: end + 3 * day }];
    expect(milk.do('RedateLots', { removalDays: 0, lots: [{ lotId: 'B', expiryDate: lot?.expiryDate, instants }] })).toEqual([]);
    expect(milk.balance().held).toBe(12);
  });
});

describe('a lot that is named twice in one command', () => {
  const [early, late] = [noon + 2 * day, noon + 9 * day];
  const dated = (expiresAt: number, binId: string) => ({
    ...{ lotId: 'N', binId, quantity: 2, expiresAt },
    expiryDate: new Date(expiresAt - 1).toISOString().slice(0, 10),
  });

  it('has one date: people are asked, and of a fact the earlier one counts, whichever comes first', () => {
    const receipt = { locationId: 'BER', quantity: 4, effectiveAt: noon, messageId: 'm1' };
    const people = new LotWorld(noon);
    const two = people.try('ReceiveStock', { ...receipt, positions: [dated(late, 'B1'), dated(early, 'B2')] });
    expect(two).toMatchObject(refused('expiry_mismatch', { lotId: 'N' }));
    const counted = new LotWorld(noon);
    counted.receiveLoose('BER', 1);
    counted.do('ApplyCount', {
      ...{ locationId: 'BER', countedAt: noon, counted: 5, delta: 4, documentId: 'cc', postedBack: false, reasonCode: 'count' },
      ...{ mark: countMark(counted.state, 'BER', noon), coversAll: false },
      positions: [dated(late, 'B1'), dated(early, 'B2')].map(({ quantity: delta, ...position }) => ({ ...position, delta })),
    });
    expect(counted.state.detail?.lots?.lots.get('N')?.expiresAt.get('BER')).toBe(early);
  });
});
