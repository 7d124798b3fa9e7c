import { isRecord, Problem } from '@holdfast/platform';
import { refusalProblem } from '../refusal-problem.js';
import type { LocationAdjustmentRequest } from './adjustments.dto.js';

interface Refused {
  readonly code: string;
  readonly details: Readonly<Record<string, unknown>>;
}

/** The path of a field of an adjustment. */
export const field = (index: number, name: keyof LocationAdjustmentRequest): string => `adjustments[${index}].${name}`;

/** The answer to a refused command; where the refusal is about some of the locations, its details name the adjustment of each. */
export function adjustmentsRefused(refused: Refused, sku: string, adjustments: readonly LocationAdjustmentRequest[]): Problem {
  const { code, details } = refused;
  if (code === 'unknown_sku') return refusalProblem(refused, { sku, locationId: '' });
  const { byLocation, locationId } = details;
  const indexOf = (id: unknown): number =>
    Math.max(
      0,
      adjustments.findIndex((each) => each.locationId === id),
    );
  const zero = adjustments.findIndex(({ delta }) => delta === 0);
  const named = Array.isArray(byLocation) ? byLocation.filter(isRecord) : [];
  if (code === 'insufficient_stock' && named.length > 0) {
    const short = named.map((at) => ({
      field: field(indexOf(at['locationId']), 'delta'),
      message: `takes ${String(at['requested'])} where ${String(at['available'])} are free`,
      sku,
      ...at,
    }));
    return new Problem(409, code, 'Fewer units are free than this would take; say mayUncoverPromises to take promised ones', {
      details: short,
    });
  }
  const index = code === 'invalid_quantity' ? Math.max(0, zero) : indexOf(locationId);
  const problem = refusalProblem(refused, { sku, locationId: adjustments[index]?.locationId ?? '' });
  const at = { field: field(index, code === 'invalid_quantity' ? 'delta' : 'locationId'), message: problem.message };
  return new Problem(problem.status, problem.code, problem.message, { details: problem.details.map((each) => ({ ...at, ...each })) });
}
