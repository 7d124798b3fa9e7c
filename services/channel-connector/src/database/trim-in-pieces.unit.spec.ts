import { trimInPieces } from './trim-in-pieces.js';

describe('trimming in pieces', () => {
  const from = (rows: number, asked: number[] = []) => {
    let left = rows;
    const remove = (most: number): Promise<number> => {
      const removed = Math.min(most, left);
      left -= removed;
      asked.push(removed);
      return Promise.resolve(removed);
    };
    return { remove, left: () => left, asked };
  };

  it('goes on until a piece is not full', async () => {
    const { remove, asked } = from(25);
    expect(await trimInPieces(10, remove)).toBe(25);
    expect(asked).toEqual([10, 10, 5]);
  });

  it('leaves what is more than twenty pieces to the next run', async () => {
    const { remove, left } = from(250);
    expect(await trimInPieces(10, remove)).toBe(200);
    expect(left()).toBe(50);
  });
});
