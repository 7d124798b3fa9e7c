import { LiveMatrix, type MatrixWanted } from '../../live/live-matrix.js';
import type { GridPlace } from './grid-painter.js';

interface Kept {
  readonly matrix: LiveMatrix;
  place: GridPlace | undefined;
}

/** The matrix that was opened last goes on while other screens are shown: on the way back everything is as it was left. */
let kept: Kept | undefined;

const isSame = (one: MatrixWanted, other: MatrixWanted): boolean => one.by === other.by && one.locationId === other.locationId;

export function openMatrix(wanted: MatrixWanted): Kept {
  if (kept !== undefined && isSame(kept.matrix.wanted, wanted)) return kept;
  kept?.matrix.close();
  kept = { matrix: new LiveMatrix(wanted), place: undefined };
  return kept;
}
