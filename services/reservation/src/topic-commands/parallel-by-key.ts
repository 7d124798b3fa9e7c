/**
 * Works on the items of one key in order, and on several keys at once. A failed item ends the work on its key; the other keys are finished.
 * @throws the first failure, once all work has ended
 */
export async function parallelByKey<Item>(
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
    // All workers share the iterator, so exactly one worker takes each key.
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
