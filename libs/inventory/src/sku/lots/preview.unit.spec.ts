import { LotWorld } from '../../../test/lots.js';
import { availableUnits, decideSku, lotsAfter, positionViews, type SkuCommand, type SkuState } from '../../index.js';

const day = 86_400_000;
const noon = Date.UTC(2026, 4, 20, 12);

function stocked(): LotWorld {
  const milk = new LotWorld(noon);
  milk.receive('BER', { A: [5, noon + day], B: [5, noon + 60 * day] });
  milk.receiveLoose('BER', 3);
  milk.reserve('r1', 2);
  return milk;
}

const tried = (state: SkuState, fields: object): SkuState => {
  const command = { at: noon, commandId: 'tried', ...fields } as SkuCommand;
  const decision = decideSku(state, command);
  if (decision.kind === 'refused') throw new Error(decision.code);
  return lotsAfter(state, decision.events, noon);
};

const seen = (state: SkuState): unknown => [availableUnits(state, 'BER', noon), positionViews(state, noon)];

describe('a correction that is only tried', () => {
  it.each([
    { type: 'CorrectPositions', kind: 'assign', locationId: 'BER', toLotId: 'C', quantity: 2 },
    { type: 'CorrectPositions', kind: 'split', locationId: 'BER', fromLotId: 'B', toLotId: 'C', quantity: 2 },
    { type: 'CorrectPositions', kind: 'merge', locationId: 'BER', fromLotId: 'A', toLotId: 'B' },
    { type: 'CorrectPositions', kind: 'bin', locationId: 'BER', moves: [{ lotId: 'A', toBinId: 'Q', quantity: 4, sellable: false }] },
    { type: 'ChangeLotExpiry', lotId: 'A', expiryDate: '2026-05-19', expiresAt: [{ locationId: 'BER', expiresAt: noon - day }] },
  ])('shows what it would do ($type $kind), and changes nothing', (command) => {
    const milk = stocked();
    const before = JSON.stringify(seen(milk.state));
    const after = tried(milk.state, command);
    expect(JSON.stringify(seen(milk.state))).toBe(before);
    milk.do(command.type as SkuCommand['type'], { ...command, commandId: 'done' });
    expect(seen(after)).toEqual(seen(milk.state));
    expect(JSON.stringify(seen(after))).not.toBe(before);
  });
});
