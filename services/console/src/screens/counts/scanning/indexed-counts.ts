import type { CountStore, KeptCount } from './kept-counts.js';

const [DATABASE, STORE] = ['holdfast', 'counts'];

/** The answer of a request to the database. */
const answered = <Value>(request: IDBRequest<Value>): Promise<Value> =>
  new Promise((resolve, reject) => {
    request.addEventListener('success', () => resolve(request.result));
    request.addEventListener('error', () => reject(request.error ?? new Error('IndexedDB failed')));
  });

let opened: Promise<IDBDatabase> | undefined;

function open(): Promise<IDBDatabase> {
  opened ??= (async () => {
    const request = window.indexedDB.open(DATABASE, 1);
    request.addEventListener('upgradeneeded', () => request.result.createObjectStore(STORE, { keyPath: 'key' }));
    return answered(request);
  })();
  // What failed once, such as in a window without storage, may work later.
  opened.catch(() => (opened = undefined));
  return opened;
}

const table = async (mode: IDBTransactionMode): Promise<IDBObjectStore> => (await open()).transaction(STORE, mode).objectStore(STORE);

/** Keeps counts in the browser's database: they are there after the page was closed, or the phone was off. */
export const indexedCounts: CountStore = {
  async all(owner) {
    const counts: KeptCount[] = await answered((await table('readonly')).getAll() as IDBRequest<KeptCount[]>);
    return counts.filter((count) => count.owner === owner).toSorted((one, other) => one.madeAt - other.madeAt);
  },
  async put(count) {
    await answered((await table('readwrite')).put(count));
  },
  async remove(key) {
    await answered((await table('readwrite')).delete(key));
  },
};
