import { expect as plain } from '@jest/globals';

const messageOf = (run: () => unknown): string => {
  try {
    run();
  } catch (error) {
    return (error as Error).message;
  }
  return 'it holds';
};

describe('the quick `expect`', () => {
  it.each<[string, (of: typeof plain) => unknown]>([
    ['toBe', (of) => of(1).toBe(2)],
    ['toBe, of objects that are alike', (of) => of({ a: 1 }).toBe({ a: 1 })],
    ['toBe, of a zero and its negative', (of) => of(0).toBe(-0)],
    ['toEqual', (of) => of({ a: [1, { b: 2 }] }).toEqual({ a: [1, { b: 3 }] })],
    ['toEqual, of sets', (of) => of(new Set([1])).toEqual(new Set([2]))],
    ['toEqual, with a word for anything', (of) => of({ a: 1 }).toEqual({ a: plain.any(String) })],
    ['toMatchObject', (of) => of({ a: 1 }).toMatchObject({ a: 2 })],
    ['toThrow', (of) => of(() => undefined).toThrow('no')],
    ['not', (of) => of(1).not.toBe(1)],
    ['not.toEqual', (of) => of([1]).not.toEqual([1])],
  ])('says of %s that fails what jest says', (_name, run) => {
    const said = messageOf(() => run(expect as unknown as typeof plain));
    plain(said).not.toBe('it holds');
    plain(said).toBe(messageOf(() => run(plain)));
  });

  it.each<[string, () => unknown]>([
    ['toEqual', () => expect(1).toEqual(2)],
    ['not.toBe', () => expect(1).not.toBe(1)],
    ['toMatchObject', () => expect({}).toMatchObject({ a: 1 })],
  ])('names the line of %s that failed first', (_name, run) => {
    try {
      run();
    } catch (error) {
      const [first] = ((error as Error).stack ?? '').split('\n').filter((line) => line.startsWith('    at '));
      plain(first).toContain('quick-expect.unit.spec.ts');
      return;
    }
    throw new Error('it does not hold');
  });

  it('holds where jest holds', async () => {
    expect(Number.NaN).toBe(Number.NaN);
    expect({ a: undefined, b: new Map([[1, [2]]]) }).toEqual({ b: new Map([[1, [2]]]) });
    expect({ a: 1 }).not.toStrictEqual({ a: 1, b: undefined });
    expect([1, 2]).toEqual(expect.arrayContaining([2]));
    await expect(Promise.resolve(1)).resolves.toBe(1);
    await expect(Promise.reject(new Error('no'))).rejects.toThrow('no');
    await plain(expect(Promise.resolve(1)).resolves.toBe(2)).rejects.toThrow('Expected');
  });

  it('counts', () => {
    expect.assertions(3);
    expect(1).toBe(1);
    expect([1]).toEqual([1]);
    expect(1).not.toBe(2);
  });
});
