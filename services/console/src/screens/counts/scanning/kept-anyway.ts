import type { CountStore, KeptCount } from './kept-counts.js';

/** A store that loses nothing while the page is open. */
export interface SureStore extends CountStore {
  /** Keys of counts that lie in this page alone: they are lost with it. */
  readonly onlyHere: ReadonlySet<string>;
}

/** Keeps in the memory of the page what the browser's database does not take, as in a private window or on a full disk. */
export function keptAnyway(store: CountStore): SureStore {
  const here = new Map<string, KeptCount>();
  const onlyHere = new Set<string>();
  return {
    onlyHere,
    async all(owner) {
      const stored = await store.all(owner).catch((): readonly KeptCount[] => []);
      const own = [...here.values()].filter((count) => count.owner === owner);
      return [...stored.filter(({ key }) => !here.has(key)), ...own].toSorted((one, other) => one.madeAt - other.madeAt);
    },
    async put(count) {
      try {
        await store.put(count);
        here.delete(count.key);
        onlyHere.delete(count.key);
      } catch {
        here.set(count.key, count);
        onlyHere.add(count.key);
      }
    },
    async remove(key) {
      const wasHere = here.delete(key);
      onlyHere.delete(key);
      // What was only in the page may be in the database of before, too; that it cannot be asked is no fault then.
      await store.remove(key).catch((error: unknown) => {
        if (!wasHere) throw error;
      });
    },
  };
}
