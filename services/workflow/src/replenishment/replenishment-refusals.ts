import { Problem } from '@holdfast/platform';

const MESSAGES: Readonly<Record<string, string>> = {
  replenishment_suggested: 'The order is a suggestion that nobody approved yet',
  replenishment_approved: 'The order is approved already; cancel it to end it',
  replenishment_ordered: 'The order is placed already; cancel it to end it',
  replenishment_in_progress: 'The order is on its way already',
  replenishment_cancelling: 'The order is being cancelled',
  replenishment_received: 'The order was received',
  replenishment_rejected: 'The suggestion was rejected',
  replenishment_superseded: 'A later run replaced the suggestion; act on the newer one',
  replenishment_cancelled: 'The order was cancelled',
  too_many_orders: 'So many orders of the SKU and location are open; receive or cancel some first',
};

/** Answer to a refusal of the stream of a rule. */
export function replenishmentProblem({
  code,
  details,
}: {
  readonly code: string;
  readonly details: Readonly<Record<string, unknown>>;
}): Problem {
  switch (code) {
    case 'unknown_replenishment':
      return new Problem(404, code, 'There is no such replenishment order', { details: [details] });
    case 'version_mismatch':
      return new Problem(412, code, 'The order has changed since; read it again', { details: [details] });
    case 'source_required':
      return new Problem(400, code, 'No rule names a source; send source with the order', { details: [details] });
    case 'invalid_rule':
      return new Problem(400, code, 'The rule or the source has a fault', { details: [details] });
    case 'idempotency_mismatch':
      return new Problem(422, 'idempotency_key_reused', 'This Idempotency-Key came with another body before; send a new key');
    default:
      return new Problem(409, code, MESSAGES[code] ?? 'The order does not allow this', { details: [details] });
  }
}
