import type { Remembering } from './store.js';
import { WrittenSoon } from './written-soon.js';

const given = (id: string, body = `"${id}"`): Remembering => ({
  id,
  tenant: 'acme',
  answer: { requestHash: 'h', status: 201, headers: {}, body },
});

describe('answers that are written soon', () => {
  it('are found until they are written, and are written together', async () => {
    const turns: string[][] = [];
    const soon: WrittenSoon = new WrittenSoon(
      async (rows) => {
        turns.push(rows.map(({ id }) => id));
        expect(soon.find('a')).toEqual(given('a').answer);
        await Promise.resolve();
      },
      { waiting: 10, perTurn: 10 },
    );
    expect([given('a'), given('b'), given('c')].map((each) => soon.add(each))).toEqual([true, true, true]);
    await soon.settled();
    expect(turns).toEqual([['a', 'b', 'c']]);
    expect(soon.find('a')).toBeUndefined();
  });

  it('keep the first of an id', async () => {
    const written: (string | null)[] = [];
    const soon = new WrittenSoon(async (rows) => void written.push(...rows.map(({ answer }) => answer.body)), { waiting: 10, perTurn: 10 });
    soon.add(given('a', '"first"'));
    soon.add(given('a', '"second"'));
    expect(soon.find('a')?.body).toBe('"first"');
    await soon.settled();
    expect(written).toEqual(['"first"']);
  });

  it('go in portions', async () => {
    const turns: number[] = [];
    const soon = new WrittenSoon(async (rows) => void turns.push(rows.length), { waiting: 100, perTurn: 10 });
    for (let number = 0; number < 25; number += 1) soon.add(given(String(number)));
    await soon.settled();
    expect(turns).toEqual([10, 10, 5]);
  });

  it('are written also where they come in the very moment in which the last of the others are done with', async () => {
    const written: string[] = [];
    const soon: WrittenSoon = new WrittenSoon(
      async (rows) => {
        await Promise.resolve();
        written.push(...rows.map(({ id }) => id));
        if (!written.includes('late')) void addLate();
      },
      { waiting: 10, perTurn: 10 },
    );
    const addLate = async (): Promise<void> => {
      while (soon.find('early') !== undefined) await Promise.resolve();
      soon.add(given('late'));
    };
    soon.add(given('early'));
    await new Promise((resolve) => setTimeout(resolve, 60));
    await soon.settled();
    expect(written).toEqual(['early', 'late']);
  });

  it('are turned away where too many wait', () => {
    const soon = new WrittenSoon(() => Promise.reject(new Error('away')), { waiting: 2, perTurn: 10 });
    expect(['a', 'b', 'c', 'a'].map((id) => soon.add(given(id)))).toEqual([true, true, false, true]);
    return soon.settled();
  });

  it('wait for the database to come back', async () => {
    let tries = 0;
    const written: string[] = [];
    const soon = new WrittenSoon(
      async (rows) => {
        tries += 1;
        await Promise.resolve();
        if (tries === 1) throw new Error('connection lost');
        written.push(...rows.map(({ id }) => id));
      },
      { waiting: 10, perTurn: 10 },
    );
    soon.add(given('a'));
    await soon.settled();
    expect([tries, written]).toEqual([2, ['a']]);
  });

  it('do not keep a process from its end where the database stays away', async () => {
    let tries = 0;
    const soon = new WrittenSoon(
      () => {
        tries += 1;
        return Promise.reject(new Error('away'));
      },
      { waiting: 10, perTurn: 10 },
    );
    soon.add(given('a'));
    await soon.settled();
    expect(tries).toBe(3);
    expect(soon.find('a')).toBeDefined();
  });
});
