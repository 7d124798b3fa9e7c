import { refuse, type Refusal } from '@holdfast/inventory';
import type { ReplenishmentStatus } from './state.js';

export type ReplenishmentRefusalCode =
  | `replenishment_${ReplenishmentStatus}`
  | 'unknown_replenishment'
  | 'unknown_rule'
  | 'rule_changed'
  | 'version_mismatch'
  | 'source_required'
  | 'invalid_rule'
  | 'too_many_orders'
  | 'idempotency_mismatch';

/** The refusal of a command that the order's status does not allow; the code names the status. */
export const contradiction = (status: ReplenishmentStatus): Refusal<ReplenishmentRefusalCode> =>
  refuse(`replenishment_${status}`, { status });
