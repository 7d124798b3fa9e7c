import { LotWorld } from '../../../test/lots.js';

const NOON = 1_800_000_000_000;
const HOUR = 3_600_000;

describe('a lot that comes from another', () => {
  it('is recalled with its parent, also where the parent has another id by then', () => {
    const world = new LotWorld(NOON);
    world.receive('BER', { A: [10] });
    world.correct('split', { fromLotId: 'A', toLotId: 'A2', quantity: 4 });
    world.do('RenameLot', { lotId: 'A', toLotId: 'X' });
    world.do('PlaceHold', { holdId: 'h1', holdType: 'recall', lotId: 'X' });
    expect(world.balance()).toEqual({ onHand: 10, reserved: 0, held: 10 });
  });
});

describe('units that get a lot', () => {
  it('are not taken from a promise where a recall names the lot, though nothing of it came before', () => {
    const world = new LotWorld(NOON);
    world.receiveLoose('BER', 5);
    world.receive('HAM', { B: [1] });
    world.reserve('r1', 5);
    world.do('PlaceHold', { holdId: 'h1', holdType: 'recall', lotId: 'A' });
    expect(world.correct('assign', { toLotId: 'A', quantity: 2 })).toMatchObject({ kind: 'refused', code: 'insufficient_stock' });
    expect(world.correct('assign', { toLotId: 'A', quantity: 2, mayUncoverPromises: true }).kind).toBe('accepted');
    expect(world.balance()).toEqual({ onHand: 5, reserved: 5, held: 2 });
  });

  it('are not taken from a promise where the lot is expired elsewhere and new here', () => {
    const world = new LotWorld(NOON);
    world.receiveLoose('BER', 5);
    world.receive('HAM', { A: [1, NOON + HOUR] });
    world.reserve('r1', 5);
    world.now += 2 * HOUR;
    expect(world.correct('assign', { toLotId: 'A', quantity: 2 })).toMatchObject({ kind: 'refused', code: 'insufficient_stock' });
  });
});
