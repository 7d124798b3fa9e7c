import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { jsonInSlices } from './slices.js';

describe('JSON written in slices', () => {
  it('is the text that is written in one go, with its digest', async () => {
    await fc.assert(
      fc.asyncProperty(fc.jsonValue(), async (value) => {
        const { json, digest } = await jsonInSlices(value);
        expect(json).toBe(JSON.stringify(value));
        expect(digest).toBe(createHash('sha256').update(json).digest('hex'));
      }),
      { numRuns: 300 },
    );
  });

  it('leaves out what is undefined', async () => {
    const value = { left: undefined, kept: 1, list: [undefined, { inner: undefined }] };
    expect((await jsonInSlices(value)).json).toBe(JSON.stringify(value));
  });

  it('lets others have their turn while a long list is written', async () => {
    let turns = 0;
    const others = setInterval(() => (turns += 1), 0);
    const value = { holds: { reservationId: Array.from({ length: 200_000 }, (_none, n) => `r-${n}`), quantity: [1] } };
    const { json } = await jsonInSlices(value);
    clearInterval(others);
    expect(turns).toBeGreaterThan(5);
    expect(json).toBe(JSON.stringify(value));
  });
});
