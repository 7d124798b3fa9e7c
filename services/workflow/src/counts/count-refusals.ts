import { Problem } from '@holdfast/platform';
import type { CountRefusal } from '@holdfast/warehouse';

type Code = CountRefusal['code'];

const NOT_FOUND: readonly string[] = ['unknown_batch', 'unknown_line'] satisfies Code[];
const BAD_REQUEST: readonly string[] = [
  'no_lines',
  'too_many_lines',
  'duplicate_line',
  'picked_units_exceed',
  'reason_direction',
] satisfies Code[];
const FORBIDDEN: readonly string[] = ['same_counter', 'own_count'] satisfies Code[];

const MESSAGES: Readonly<Partial<Record<string, string>>> = {
  unknown_batch: 'There is no such batch of counts',
  unknown_line: 'The batch has no such line',
  no_lines: 'Name at least one line',
  too_many_lines: 'A batch has at most 1,000 lines; make several',
  duplicate_line: 'Name each SKU, lot and bin, and each line, once',
  picked_units_exceed: 'pickedUnits are at most the units that were reserved, awaitingPickUnits those sold and counted',
  reason_direction: 'The reason does not fit the sign of the difference; leave reasonCode out or choose another',
  batch_open: 'The batch was not counted yet',
  batch_counting: 'The batch is being counted; submit it first',
  batch_review: 'The counts were submitted and wait for a reviewer',
  batch_resolved: 'The batch was resolved',
  batch_cancelled: 'The batch was cancelled',
  batch_partly_resolved: 'Lines of the batch are booked; resolve the others',
  already_being_counted: 'The SKU is on a line of this batch',
  line_not_counted: 'Lines were not counted; count them or leave them to another batch',
  line_not_added: 'Only lines that were added may be taken back',
  same_counter: 'A recount is by a person who did not count the line before',
  own_count: 'A difference out of tolerance is accepted by a person who did not count it',
  recount_required: 'The line is to be counted again first',
  too_many_recounts: 'The line was counted again as often as it may be; accept or reject it',
  picked_units_unknown: 'Units that were picked, or sold and not picked, may be the difference; say pickedUnits and awaitingPickUnits',
};

/** Answer to a refusal of a batch's stream. */
export function countProblem({ code, details }: { readonly code: string; readonly details: Readonly<Record<string, unknown>> }): Problem {
  const message = MESSAGES[code] ?? 'The batch does not allow this';
  const options = { details: detailsOf(details) };
  if (code === 'idempotency_mismatch') {
    return new Problem(422, 'idempotency_key_reused', 'This Idempotency-Key came with another body before; send a new key');
  }
  if (NOT_FOUND.includes(code)) return new Problem(404, code, message, options);
  if (BAD_REQUEST.includes(code)) return new Problem(400, code, message, options);
  return new Problem(FORBIDDEN.includes(code) ? 403 : 409, code, message, options);
}

/** One entry a line, where the refusal names several. */
function detailsOf(details: Readonly<Record<string, unknown>>): readonly object[] {
  const { lines, ...rest } = details;
  if (!Array.isArray(lines)) return [details];
  return lines.map((line: unknown) => (typeof line === 'object' && line !== null ? line : { ...rest, lineId: line }));
}
