import { readFile } from 'node:fs/promises';
import { jest } from '@jest/globals';

describe('the surroundings of a spec file', () => {
  it('are those of the process: what Node throws is an Error', async () => {
    await expect(readFile('/no/such/file')).rejects.toBeInstanceOf(Error);
    expect(Object.getPrototypeOf(Buffer)).toBe(Uint8Array);
  });

  it('have each module once, also where several imports of it begin together', async () => {
    const [first, second] = await Promise.all([import('../counts.mjs'), import('../counts.mjs')]);
    expect(first.closingLine).toBe(second.closingLine);
  });

  it('have what stands in for a module instead of it', async () => {
    jest.unstable_mockModule('../failures.mjs', () => ({ Failures: 'none' }));
    expect({ ...(await import('../failures.mjs')) }).toEqual({ Failures: 'none' });
  });
});
