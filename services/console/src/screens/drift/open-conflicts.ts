import type { ItemOf } from '@holdfast/client';

export type HistoryRow = ItemOf<'syncHistory.list', 'history'>;
export type OpenConflict = HistoryRow & { readonly conflictId: string };

/** Conflicts that nobody decided yet, of a history of conflicts, newest first: each has a row when it opens and one when it is decided. */
export function openConflicts(history: readonly HistoryRow[]): readonly OpenConflict[] {
  const decided = new Set<string>();
  const open: OpenConflict[] = [];
  for (const row of history) {
    const { conflictId } = row;
    if (conflictId === null) continue;
    if (row.outcome === 'ok') decided.add(conflictId);
    else if (!decided.has(conflictId)) open.push({ ...row, conflictId });
  }
  return open;
}
