import { takeNext } from './take-next.js';

describe('taking the next items', () => {
  it('takes so many of each lane and leaves the others, all in their order', () =>
    expect(takeNext(['a1', 'b1', 'a2', 'a3', 'b2', 'a4'], (item) => item.slice(0, 1), 2)).toEqual({
      taken: ['a1', 'b1', 'a2', 'b2'],
      left: ['a3', 'a4'],
    }));
});
