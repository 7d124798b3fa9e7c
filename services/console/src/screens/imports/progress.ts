import type { ValueOf } from '@holdfast/client';
import type { WordId } from '../../words/words.js';

export type Import = ValueOf<'imports.get'>;

export const isRunning = ({ status }: Pick<Import, 'status'>): boolean =>
  status === 'queued' || status === 'running' || status === 'undoing';

/** Lines that an import has gone through, of all that it has. */
export const doneLines = ({ applied, unchanged, failed }: Pick<Import, 'applied' | 'unchanged' | 'failed'>): number =>
  applied + unchanged + failed;

/** What an import is: a look, the undoing of another, or the thing itself. */
export function purposeOf({ dryRun, undoes }: Pick<Import, 'dryRun' | 'undoes'>): WordId {
  if (undoes !== null) return dryRun ? 'imports.undoLook' : 'imports.undo';
  return dryRun ? 'imports.dryRun' : 'imports.applied';
}

/** A dry run that found something to do can be carried out. */
export const canBeApplied = (seen: Import): boolean => seen.dryRun && seen.status === 'done' && seen.applied > 0;

/** Only what was carried out can be taken back. */
export const canBeUndone = (seen: Import): boolean => !seen.dryRun && seen.status === 'done' && seen.applied > 0;
