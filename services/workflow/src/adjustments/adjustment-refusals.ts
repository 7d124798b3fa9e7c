import { Problem } from '@holdfast/platform';
import { LOT_SENTENCES } from '../lots/lot-refusals.js';
import type { AdjustmentLineView } from './adjustment-view.dto.js';

interface Refused {
  readonly code: string;
  readonly details: Readonly<Record<string, unknown>>;
}

const time = (value: unknown): string => new Date(typeof value === 'number' ? value : 0).toISOString();

const field = (name: string, message: string, code = 'validation_failed'): Problem =>
  new Problem(400, code, 'The request has a fault', { details: [{ field: name, message }] });

/** Answer to an adjustment that was refused as a whole, before its first line. */
export function adjustmentProblem({ code, details }: Refused): Problem {
  switch (code) {
    case 'reason_direction':
      return new Problem(400, code, REASON_DIRECTION[String(details['direction'])] ?? 'The reason does not allow this change', {
        details: [{ field: 'reasonCode', ...details }],
      });
    case 'reason_required':
      return field('reason', `must say more for the reason code ${String(details['reasonCode'])}`, code);
    case 'unknown_reason_code':
      return new Problem(400, code, 'There is no such reason code', { details: [{ field: 'reasonCode', ...details }] });
    case 'effective_too_early':
      return field('effectiveAt', `must lie at most 31 days back, so not before ${time(details['earliest'])}`);
    case 'effective_in_future':
      return field('effectiveAt', 'must not lie in the future');
    case 'invalid_quantity':
      return field(`lines[${Number(details['line'] ?? 1) - 1}].delta`, 'must be a whole number of units, not 0');
    case 'idempotency_mismatch':
      return new Problem(422, 'idempotency_key_reused', 'This Idempotency-Key came with another body before; send a new key');
    default:
      return new Problem(400, code, 'The adjustment has a fault', { details: [details] });
  }
}

export const alreadyUndone = (undoes: string, documentId: string): Problem =>
  new Problem(409, 'already_undone', 'This change was taken back before', { details: [{ field: 'undoes', undoes, documentId }] });

const REASON_DIRECTION: Readonly<Record<string, string>> = {
  in: 'This reason only adds units; send a delta above 0 or another reason code',
  out: 'This reason only takes units away; send a delta below 0 or another reason code',
  both: 'This reason allows no such change',
  'zero-sum': 'This reason is for units that change place, lot or bin; on hand does not change by it',
};

const SENTENCE: Readonly<Record<string, string>> = {
  insufficient_stock: 'Fewer units are free than this would take; say mayUncoverPromises to take promised ones',
  too_many_locations: 'The SKU lies in as many locations as it may',
  ...LOT_SENTENCES,
  counted_since: 'The location was counted later, so the count contains this change; adjust as of now',
  later_fact_known: 'A later figure of an ERP contains this change; adjust as of now',
};

/** Answer to an adjustment of which every line was refused: the code of the first one, and all of them. */
export function allRefused(locationId: string, lines: readonly AdjustmentLineView[]): Problem {
  const code = lines[0]?.code ?? 'refused';
  return new Problem(409, code, SENTENCE[code] ?? `Refused: ${code}`, { details: lines.map((line) => ({ ...line, locationId })) });
}

/** Answer to a record of stock that its SKU refused. */
export function recordProblem({ code, details }: Refused, where: { readonly sku: string; readonly locationId: string }): Problem {
  const { later, laterAt } = details;
  if (code !== 'later_fact_known')
    return new Problem(409, code, SENTENCE[code] ?? `Refused: ${code}`, { details: [{ ...where, ...details }] });
  return later === 'count'
    ? new Problem(409, 'counted_since', SENTENCE['counted_since'] ?? code, { details: [{ ...where, countedAt: time(laterAt) }] })
    : new Problem(409, code, 'A later fact is known, which this would change; record what lies there now', {
        details: [{ ...where, later, laterAt: time(laterAt) }],
      });
}
