import { keptAnyway } from './kept-anyway.js';
import type { CountStore, KeptCount } from './kept-counts.js';

const count = (key: string, more: Partial<KeptCount> = {}): KeptCount => ({
  ...{ key, owner: 'demo.ann', batchId: 'cc_1', lineId: `line-${key}`, sku: 'TEE', quantity: 3, madeAt: Number(key) },
  ...more,
});

/** A database that can be made to refuse. */
class Database implements CountStore {
  readonly counts = new Map<string, KeptCount>();
  refuses = false;

  async all(owner: string): Promise<readonly KeptCount[]> {
    this.ask();
    return [...this.counts.values()].filter((each) => each.owner === owner);
  }

  async put(each: KeptCount): Promise<void> {
    this.ask();
    this.counts.set(each.key, each);
  }

  async remove(key: string): Promise<void> {
    this.ask();
    this.counts.delete(key);
  }

  private ask(): void {
    if (this.refuses) throw new Error('QuotaExceededError');
  }
}

describe('counts that the browser’s database does not take', () => {
  it('stay in the page, in their order, and are named as such', async () => {
    const database = new Database();
    const store = keptAnyway(database);
    await store.put(count('2'));
    database.refuses = true;
    await store.put(count('1'));
    await store.put(count('3', { owner: 'demo.bob' }));
    database.refuses = false;
    expect((await store.all('demo.ann')).map(({ key }) => key)).toEqual(['1', '2']);
    expect([...store.onlyHere]).toEqual(['1', '3']);
  });

  it('are found and dropped though the database cannot be asked at all', async () => {
    const database = new Database();
    database.refuses = true;
    const store = keptAnyway(database);
    await store.put(count('1'));
    expect(await store.all('demo.ann')).toEqual([count('1')]);
    await store.remove('1');
    expect([await store.all('demo.ann'), store.onlyHere.size]).toEqual([[], 0]);
  });

  it('say why they were refused, though the database has them as waiting', async () => {
    const database = new Database();
    const store = keptAnyway(database);
    await store.put(count('1'));
    database.refuses = true;
    await store.put(count('1', { refused: 'count_closed' }));
    database.refuses = false;
    expect(await store.all('demo.ann')).toEqual([count('1', { refused: 'count_closed' })]);
  });
});
