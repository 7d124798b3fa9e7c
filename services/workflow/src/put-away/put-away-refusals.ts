import { Problem } from '@holdfast/platform';

const MESSAGES: Readonly<Record<string, string>> = {
  bin_full: 'The bin has no space for so many units',
  bin_blocked: 'Nothing may be put into the bin',
  sku_mixing: 'Another SKU lies in the bin, or is on its way there, and it may hold one only',
  lot_mixing: 'Another lot lies in the bin, or is on its way there, and it may hold one only',
  no_space: 'No bin has space',
  lot_required: 'Units without a lot are held; give them a lot before they go into a bin',
  insufficient_in_bin: 'Fewer units lie where they are to be taken from',
  put_away_completed: 'The task is completed',
  put_away_cancelled: 'The task was cancelled',
  put_away_busy: 'Somebody else is working on this task; try again shortly',
  quantity_exceeds_open: 'More than is open of that bin in this task',
  too_many_moves: 'The task was completed in as many parts as it may be; complete all that is left',
};

export interface Refused {
  readonly code: string;
  readonly details: readonly object[];
}

/** Answer to a refusal of a task, a bin or a SKU. */
export function putAwayProblem({ code, details }: Refused): Problem {
  switch (code) {
    case 'unknown_put_away':
      return new Problem(404, code, 'There is no such task', { details });
    case 'unknown_bin':
      return new Problem(404, code, 'There is no such bin', { details });
    case 'unknown_lot':
      return new Problem(404, code, 'The SKU has no such lot', { details });
    case 'invalid_quantity':
      return new Problem(400, code, 'Units are whole and at least 1', { details });
    case 'idempotency_mismatch':
      return new Problem(422, 'idempotency_key_reused', 'This Idempotency-Key came with another body before; send a new key');
    default:
      return new Problem(409, code, MESSAGES[code] ?? 'This cannot be put away so', { details });
  }
}
