import { ownTurn } from '@holdfast/kit';

/** Asking so many SKUs takes some milliseconds of computing. */
const STARTED_AT_ONCE = 128;

/**
 * Works on all items of an order at once: the first at once, the others of a long order in later turns of the event loop, so that nobody else
 * waits for all of them. Waits for all, also when one fails, so that nothing runs on behind the caller's back; then throws the first failure.
 */
export async function allOf<Item, Result>(items: readonly Item[], work: (item: Item) => Promise<Result>): Promise<readonly Result[]> {
  let turn: Promise<void> | undefined;
  const settled = await Promise.allSettled(
    items.map((item, index) => {
      if (index > 0 && index % STARTED_AT_ONCE === 0) turn = turnAfter(turn);
      return turn === undefined ? work(item) : turn.then(() => work(item));
    }),
  );
  return settled.map((result) => {
    if (result.status === 'rejected') throw result.reason;
    return result.value;
  });
}

async function turnAfter(before: Promise<void> | undefined): Promise<void> {
  await before;
  await ownTurn();
}
