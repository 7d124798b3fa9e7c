/** Pieces of one run; what is left waits for the next, so that other chores have their turn. */
const MOST_PIECES = 20;

/**
 * Removes rows in small pieces that do not block other work.
 * @param remove removes at most so many rows, and returns how many @returns how many in all
 */
export async function trimInPieces(piece: number, remove: (most: number) => Promise<number>): Promise<number> {
  let removed = 0;
  for (let pieces = 0; pieces < MOST_PIECES; pieces += 1) {
    const rows = await remove(piece);
    removed += rows;
    if (rows < piece) break;
  }
  return removed;
}
