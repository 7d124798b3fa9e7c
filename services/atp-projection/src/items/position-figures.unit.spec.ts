import { decideSku, evolveSku, initialSkuState, type SkuCommand, type SkuState } from '@holdfast/inventory';
import { positionFigures } from './position-figures.js';

const noon = Date.UTC(2026, 9, 20, 12);
const day = 86_400_000;

function after(...commands: readonly object[]): SkuState {
  return commands.reduce<SkuState>((state, fields, index) => {
    const decision = decideSku(state, { at: noon, commandId: `c${String(index)}`, ...fields } as unknown as SkuCommand);
    if (decision.kind === 'refused') throw new Error(decision.code);
    return decision.events.reduce((next, event) => evolveSku(next, event, noon), state);
  }, initialSkuState());
}

const lot = (lotId: string, days?: number) => ({
  lotId,
  quantity: 5,
  ...(days === undefined ? {} : { expiresAt: noon + days * day, expiryDate: new Date(noon + days * day).toISOString().slice(0, 10) }),
});
const received = { type: 'ReceiveStock', locationId: 'BER', quantity: 20, effectiveAt: noon, messageId: 'm1' };
const stock = { ...received, positions: [lot('L1', 10), lot('L2', 9), lot('L3'), { quantity: 5 }] };
const reserved = (quantity: number) => ({
  type: 'PlaceReservation',
  reservationId: 'r1',
  orderId: 'o1',
  quantity,
  ttlMs: day,
  requestHash: 'h',
  sources: [],
});
const shown = (state: SkuState, at = noon) =>
  positionFigures(state, at).map(({ view, reserved: r, held, available }) => [view.lotId, view.quantity, r, held, available]);

describe('figures of positions', () => {
  it('L1: reserved units are laid over lots in the order of their expiry; rows add up to the location', () => {
    expect(shown(after(stock, reserved(7)))).toEqual([
      ['L2', 5, 5, 0, 0],
      ['L1', 5, 2, 0, 3],
      ['L3', 5, 0, 0, 5],
      [undefined, 5, 0, 0, 5],
    ]);
  });

  it('pass over expired lots, whose units are held', () => {
    expect(shown(after(stock, reserved(7)), noon + 9 * day).slice(0, 2)).toEqual([
      ['L2', 5, 0, 5, 0],
      ['L1', 5, 5, 0, 0],
    ]);
  });

  it('lay holds of a number of units from the last position on, and those of a lot on it', () => {
    const hold = { type: 'PlaceHold', holdId: 'h1', holdType: 'quality', locationId: 'BER', quantity: 6 };
    const ofLot = { ...hold, holdId: 'h2', quantity: 2, lotId: 'L1' };
    expect(shown(after(stock, hold, ofLot))).toEqual([
      ['L2', 5, 0, 0, 5],
      ['L1', 5, 0, 2, 3],
      ['L3', 5, 0, 1, 4],
      [undefined, 5, 0, 5, 0],
    ]);
  });

  it('show more than is on hand as units that lie in no lot', () => {
    const level = { type: 'RecordStock', locationId: 'BER', counted: 12, effectiveAt: noon, reasonCode: 'count' };
    const rows = positionFigures(after(stock, level), noon);
    expect(rows.at(-1)).toMatchObject({ view: { quantity: -3 }, available: -3 });
    expect(rows.reduce((sum, { available }) => sum + available, 0)).toBe(12);
  });
});
