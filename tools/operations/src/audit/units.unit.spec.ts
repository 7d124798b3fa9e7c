import { wrongUnits, type Figures, type KnownUnits } from './units.js';

const request = (quantity: number): KnownUnits['unanswered'][number]['request'] => ({ items: [{ sku: 'TENT', quantity }] });
const known = (committed: number, unsure = 0): KnownUnits => ({
  supplied: new Map([['TENT', 10]]),
  acknowledged: [
    { request: request(committed), status: 'committed' },
    { request: request(5), status: 'released' },
    { request: request(5), status: 'held' },
  ],
  unanswered: unsure === 0 ? [] : [{ request: request(unsure) }],
});
const figures = (onHand: number, reserved = 0): ReadonlyMap<string, Figures> => new Map([['TENT', { onHand, reserved }]]);

describe('the units after the rounds', () => {
  it('are right when what was committed is gone, and nothing else', () => expect(wrongUnits(figures(7), known(3))).toEqual([]));

  it('may lack a commit whose answer nobody got', () => {
    expect(wrongUnits(figures(7), known(3, 2))).toEqual([]);
    expect(wrongUnits(figures(5), known(3, 2))).toEqual([]);
  });

  it('are wrong when an acknowledged commit is lost', () => expect(wrongUnits(figures(8), known(3))).toHaveLength(1));

  it('are wrong when a commit took units twice', () => expect(wrongUnits(figures(4), known(3))).toHaveLength(1));

  it('are wrong when more was sold than supplied', () =>
    expect(wrongUnits(figures(-2), known(12))).toEqual([expect.stringContaining('2 more sold')]));

  it('are wrong when a hold was left', () => expect(wrongUnits(figures(7, 1), known(3))).toEqual(['TENT: 1 units are still reserved']));

  it('are wrong when a SKU is not known', () => expect(wrongUnits(new Map(), known(3))).toHaveLength(1));
});
