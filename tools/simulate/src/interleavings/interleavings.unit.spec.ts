import { interleave } from './interleave.js';

/** 2,000 are run by `npm run proofs`. */
describe('one SKU that several processes decide on at once', () => {
  it('goes the same way again from the same seed', async () => {
    const [first, again, other] = [await interleave(7), await interleave(7), await interleave(8)];
    expect(again).toEqual(first);
    expect(other.order).not.toBe(first.order);
  });
});
