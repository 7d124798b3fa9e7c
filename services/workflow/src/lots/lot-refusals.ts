import { Problem, unknownSkus } from '@holdfast/platform';

interface Refused {
  readonly code: string;
  readonly details: Readonly<Record<string, unknown>>;
}

const STATUS: Readonly<Record<string, number>> = {
  positions_differ: 400,
  position_repeated: 400,
  lot_required: 400,
  invalid_quantity: 400,
  location_required: 400,
  unknown_lot: 404,
};

export const LOT_SENTENCES: Readonly<Record<string, string>> = {
  unknown_lot: 'The SKU has no such lot',
  lot_exists: 'The SKU has a lot of this id already; merge them instead',
  location_blocked: 'The location is blocked, or for destruction: nothing may leave it',
  lot_destroyed: 'All of the lot was destroyed',
  lot_held: 'A hold on the lot, or on units of it, does not allow this',
  lot_expired: 'One of the lots is expired and the other is not',
  lot_not_expired: 'The lot is not expired there; mark it as expired first',
  lot_required: 'Name the lot of the units',
  lots_unassigned: 'Units of the SKU have no lot; assign them first',
  expiry_mismatch: 'The lot is known with another expiry date',
  positions_differ: 'The units of the lots do not add up to the quantity',
  position_repeated: 'Two lines are of the same position; send one figure for each',
  insufficient_lot_stock: 'The lot has fewer units there',
  insufficient_unassigned: 'Fewer units there have no lot',
  insufficient_in_bin: 'Fewer units lie in the bin',
  insufficient_stock: 'Fewer units are free than this would take off sale; say mayUncoverPromises to take promised ones',
  nothing_to_settle: 'The lots have no more units than are on hand there',
  too_many_lots: 'The SKU has as many lots as it may',
  too_many_positions: 'The SKU has as many positions as it may',
};

/** Answer to a command on lots that the SKU refused. */
export function lotProblem({ code, details }: Refused, where: Readonly<Record<string, unknown>> & { readonly sku: string }): Problem {
  if (code === 'unknown_sku') return unknownSkus([where.sku]);
  return new Problem(STATUS[code] ?? 409, code, LOT_SENTENCES[code] ?? `Refused: ${code}`, { details: [{ ...where, ...details }] });
}
