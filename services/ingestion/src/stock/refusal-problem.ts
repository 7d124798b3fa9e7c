import { Problem } from '@holdfast/platform';

interface Refused {
  readonly code: string;
  readonly details: Readonly<Record<string, unknown>>;
}

const STATUS: Readonly<Record<string, number>> = { unknown_sku: 404, invalid_quantity: 400 };

const SENTENCE: Readonly<Record<string, string>> = {
  unknown_sku: 'There is no such SKU',
  invalid_quantity: 'The quantity is out of bounds',
  insufficient_stock: 'Fewer units are free than this would take; say mayUncoverPromises to take promised ones',
  too_many_locations: 'The SKU lies in as many locations as it may',
};

/** The answer to a command that the domain refused. */
export function refusalProblem(refused: Refused, where: { readonly sku: string; readonly locationId: string }): Problem {
  const { byLocation: _, ...figures } = refused.details;
  return new Problem(STATUS[refused.code] ?? 409, refused.code, SENTENCE[refused.code] ?? `Refused: ${refused.code}`, {
    details: [{ ...where, ...figures }],
  });
}
