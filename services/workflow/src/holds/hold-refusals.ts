import { Problem, unknownSkus } from '@holdfast/platform';
import type { HeldLineView } from './hold-view.dto.js';

interface Refused {
  readonly code: string;
  readonly details: Readonly<Record<string, unknown>>;
}

const STATUS: Readonly<Record<string, number>> = {
  location_required: 400,
  hold_without_quantity: 400,
  invalid_quantity: 400,
  own_hold: 403,
  unknown_hold: 404,
  unknown_lot: 404,
  version_mismatch: 412,
};

const SENTENCE: Readonly<Record<string, string>> = {
  location_required: 'A number of units lies at one location; name it, or leave out the quantity',
  hold_without_quantity: 'The hold names no number of units; leave out the quantity to release all of it',
  own_hold: 'Another person than the one who placed it must release a recall or a legal hold',
  unknown_hold: 'There is no such hold; the holds of a call over several SKUs have the ids of its lines',
  version_mismatch: 'The hold has changed since; read it again',
  insufficient_stock: 'Fewer units are free than this would hold; say mayUncoverPromises to hold promised ones',
  quantity_exceeds_open: 'More would be released than is held',
  hold_in_transit: 'The units of the hold are on their way; release it where they arrive',
  hold_released: 'The hold was released already, in another way',
  unknown_lot: 'The SKU has no such lot',
  too_many_holds: 'The SKU has as many open holds as it may',
  too_many_locations: 'The SKU lies in as many locations as it may',
};

/** Answer to a hold, or its release, that was refused. */
export function holdProblem({ code, details }: Refused, where: { readonly sku?: string; readonly holdId?: string } = {}): Problem {
  if (code === 'unknown_sku' && where.sku !== undefined) return unknownSkus([where.sku]);
  if (code === 'idempotency_mismatch')
    return new Problem(422, 'idempotency_key_reused', 'This Idempotency-Key came with another body before; send a new key');
  return new Problem(STATUS[code] ?? 409, code, SENTENCE[code] ?? `Refused: ${code}`, { details: [{ ...where, ...details }] });
}

/** Answer to a call of which every line was refused: the code of the first one, and all of them. */
export function allRefused(lines: readonly HeldLineView[]): Problem {
  const code = lines[0]?.code ?? 'refused';
  return new Problem(409, code, SENTENCE[code] ?? `Refused: ${code}`, { details: lines });
}
