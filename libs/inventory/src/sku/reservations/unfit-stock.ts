import type { Refusal } from '../../decision.js';
import { asOf } from '../lots/expiry.js';
import type { SkuRefusalCode } from '../refusals.js';
import { NONE_CLOSED, type Closed } from '../sources/closed.js';
import type { SkuState } from '../state.js';
import type { CommitReservation } from './commands.js';
import { commit } from './commits.js';

const ABOUT_STOCK: ReadonlySet<SkuRefusalCode> = new Set([
  'stock_held',
  'lot_held',
  'lot_expired',
  'insufficient_lot_stock',
  'unknown_lot',
  'positions_differ',
]);

/** Why the units of an open reservation cannot leave as asked: a hold, or the lots that are named. Undefined where neither is in the way. */
export function unfitStock(
  recorded: SkuState,
  command: CommitReservation,
  closed: Closed = NONE_CLOSED,
): Refusal<SkuRefusalCode> | undefined {
  const decision = commit(asOf(recorded, command.at).state, command, closed);
  return decision.kind === 'refused' && ABOUT_STOCK.has(decision.code) ? decision : undefined;
}
