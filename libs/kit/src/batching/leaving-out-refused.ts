import { isRefusedData } from '../text/refused-data.js';

/**
 * Stores items together. Where that is refused because of the items themselves, each is stored alone, and those that are refused again are left
 * out: one that can never be stored must not hold up all that come after it. Any other failure is thrown, to be tried again.
 * @param store stores all items it is given, or none
 * @param onRefused told of each item that is left out
 * @param isLasting whether the same items would fail again; by default, what Postgres refuses
 */
export async function leavingOutRefused<Item>(
  items: readonly Item[],
  store: (items: readonly Item[]) => Promise<void>,
  onRefused: (item: Item, error: unknown) => void,
  isLasting: (error: unknown) => boolean = isRefusedData,
): Promise<void> {
  try {
    return await store(items);
  } catch (error) {
    if (!isLasting(error)) throw error;
  }
  for (const item of items) {
    await store([item]).catch((error: unknown) => {
      if (!isLasting(error)) throw error;
      onRefused(item, error);
    });
  }
}
