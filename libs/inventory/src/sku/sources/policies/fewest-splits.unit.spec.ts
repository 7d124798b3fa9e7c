import { inOrder, stocked } from '../../../../test/source-requests.js';
import { fewestSplits } from './fewest-splits.js';

/** Locations A, B, C… with so many units free, in the order of their priority. */
const free = (...units: readonly number[]) =>
  units.map((available, index) => stocked(String.fromCharCode(65 + index), { priority: index + 1, available }));

describe('the fewest splits', () => {
  it('are none where one location has all: the first by priority that does', () => {
    expect(inOrder(fewestSplits, free(3, 5, 9), { quantity: 4 })).toEqual([
      'B, fewest splits: has all 4',
      'A, fewest splits: priority 1',
      'C, fewest splits: priority 3',
    ]);
    expect(inOrder(fewestSplits, free(3, 4), { quantity: 4 })).toEqual(['B, fewest splits: has all 4', 'A, fewest splits: priority 1']);
  });

  it('begin with the fullest location and end with the first by priority that has the rest', () => {
    expect(inOrder(fewestSplits, free(2, 4, 9, 5), { quantity: 12 })).toEqual([
      'C, fewest splits: 9 free, the most',
      'B, fewest splits: has the last 3',
      'A, fewest splits: priority 1',
      'D, fewest splits: priority 4',
    ]);
  });

  it('take the rest from the first by priority even where it is the emptiest', () => {
    expect(inOrder(fewestSplits, free(2, 5, 9), { quantity: 11 })).toEqual([
      'C, fewest splits: 9 free, the most',
      'A, fewest splits: has the last 2',
      'B, fewest splits: priority 2',
    ]);
  });

  it('begin with the first by priority of those equally full', () => {
    expect(inOrder(fewestSplits, free(4, 4), { quantity: 8 })).toEqual([
      'A, fewest splits: 4 free, the most',
      'B, fewest splits: has the last 4',
    ]);
  });

  it('are from every location that has something where all together have too little', () => {
    expect(inOrder(fewestSplits, free(0, 2, 5), { quantity: 20 })).toEqual([
      'C, fewest splits: 5 free, the most',
      'B, fewest splits: 2 free, the most',
      'A, fewest splits: priority 1',
    ]);
  });
});
