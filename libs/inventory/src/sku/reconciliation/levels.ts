import { accept } from '../../decision.js';
import { MAX_UNITS } from '../limits.js';
import { quantityFault } from '../quantities.js';
import { isRepeatedMessage } from '../recent.js';
import { locationFault, type SkuDecision } from '../refusals.js';
import type { SkuState } from '../state.js';
import { introduction } from '../stock/products.js';
import { releasedByPosting } from '../holds/release.js';
import type { ReportLevel } from './commands.js';
import { newestUnacceptableAsOf, unitsUnknownTo } from './reconciliation.js';

/**
 * Decides an ERP's absolute figure: on hand = figure - units that the ERP had not posted as of then. A figure that is not newer than the
 * last one is recorded without effect.
 */
export function reportLevel(state: SkuState, command: ReportLevel): SkuDecision {
  const { connectionId, messageId, locationId, figure, asOf, postingLagMs, commandId } = command;
  if (isRepeatedMessage(state, connectionId, messageId)) return accept();
  const fault = quantityFault(figure, -MAX_UNITS) ?? locationFault(state, locationId);
  if (fault) return fault;

  const journal = state.journals.get(locationId);
  const lastAsOf = newestUnacceptableAsOf(journal);
  if (lastAsOf !== null && asOf <= lastAsOf) {
    return accept({ type: 'LevelRefused', locationId, connectionId, messageId, figure, asOf, lastAsOf });
  }

  const reported = { figure, asOf, ...(postingLagMs === null ? {} : { presumedPostedUntil: asOf - postingLagMs }) };
  const unpostedUnits = unitsUnknownTo(journal, reported);
  const { adjustmentsPostedBack, documentId, covers } = command;
  const delta = figure + unpostedUnits - (state.balances.get(locationId)?.onHand ?? 0);
  const event = {
    type: 'LevelReported',
    locationId,
    connectionId,
    messageId,
    ...reported,
    ...(adjustmentsPostedBack === true ? { adjustmentsPostedBack } : {}),
    ...(documentId === undefined ? {} : { documentId }),
    unpostedUnits,
    delta,
  } as const;
  const blocked = covers === 'unrestricted' && documentId !== undefined && delta < 0;
  const released = blocked ? releasedByPosting(state, { locationId, quantity: -delta, documentId, messageId }) : [];
  return accept(...introduction(state, commandId), event, ...released);
}
