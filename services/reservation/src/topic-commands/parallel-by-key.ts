/**
 * Works on items in order within a key, and on several keys at once. A key whose item fails is left at that; the others go on to their end.
 * @throws the first failure, once nothing runs any more
 */
export async function sideBySide<Item>(
  items: readonly Item[],
  { keyOf, atOnce }: { readonly keyOf: (item: Item) => string; readonly atOnce: number },
  work: (item: Item) => Promise<void>,
): Promise<void> {
  const keys = new Map<string, Item[]>();
  for (const item of items) {
    const waiting = keys.get(keyOf(item));
    if (waiting === undefined) keys.set(keyOf(item), [item]);
    else waiting.push(item);
  }
  const failures: unknown[] = [];
  const queue = keys.values();
  const worker = async (): Promise<void> => {
    // The iterator is shared: each key is taken by exactly one worker.
    for (const ofKey of queue) {
      try {
        for (const item of ofKey) await work(item);
      } catch (error) {
        failures.push(error);
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, keys.size) }, worker));
  if (failures.length > 0) throw failures[0];
}
