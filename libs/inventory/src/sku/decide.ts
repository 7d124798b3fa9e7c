import { accept } from '../decision.js';
import { setLimits } from './allocations/allocations.js';
import type { SkuCommand } from './commands.js';
import { applyCount } from './counts/apply-count.js';
import { placeHold } from './holds/placement.js';
import { releaseHold } from './holds/release.js';
import { withHeld } from './holds/with-held.js';
import { setBinSale } from './lots/bin-sale.js';
import { setLotControl } from './lots/control.js';
import { correctPositions } from './lots/corrections.js';
import { changeLotExpiry, renameLot } from './lots/dates.js';
import { asOf, expireLots } from './lots/expiry.js';
import { redateLots } from './lots/redated.js';
import { recordPositions } from './lots/record-positions.js';
import { issue } from './reconciliation/issues.js';
import { reportLevel } from './reconciliation/levels.js';
import type { SkuDecision } from './refusals.js';
import { commit, reverseCommit } from './reservations/commits.js';
import { expire, extend, release } from './reservations/endings.js';
import { place } from './reservations/placement.js';
import { NONE_CLOSED, type Closed } from './sources/closed.js';
import type { SkuState } from './state.js';
import { adjust, record } from './stock/adjustments.js';
import { describe, setSafetyStock } from './stock/products.js';
import { withPostedBack } from './stock/posted-back.js';
import { receive } from './stock/receipts.js';
import { adjustLocations } from './stock/several-adjustments.js';
import { cancelInbound, declareInbound } from './supply/inbound.js';
import { withPromotions } from './supply/promotion.js';
import { returnTransfer } from './transfers/returns.js';
import { move, ship } from './transfers/moves.js';
import { closeTransfer, receiveTransfer } from './transfers/receipts.js';

/**
 * Called by the ledger. Decides a command on one SKU and returns events to append, in order, or a refusal with its figures. It only reads
 * the state. The time it takes does not depend on the number of open reservations, except for overdue holds that it ends and waiting
 * reservations that it serves.
 * @param closed locations of which nothing may leave, as the caller knows them
 */
export function decideSku(state: SkuState, command: SkuCommand, closed: Closed = NONE_CLOSED): SkuDecision {
  if (state.detail === undefined && !startsDetail(command)) {
    return withPromotions(state, command.at, withPostedBack(state, decide(state, command, closed)), closed);
  }
  return decideInDetail(state, command, closed);
}

/** Whether the command may give a SKU its first hold, lot or bin. */
function startsDetail(command: SkuCommand): boolean {
  switch (command.type) {
    case 'ApplyCount':
      return command.positions !== undefined;
    case 'ReceiveStock':
      return command.positions !== undefined || command.arrivalBin !== undefined;
    case 'AdjustStock':
      return command.lotId !== undefined || command.binId !== undefined;
    case 'ReceiveTransfer':
      return command.rejected !== undefined || command.positions !== undefined || command.arrivalBin !== undefined;
    case 'PlaceHold':
    case 'SetLotControl':
    case 'SetBinSale':
    case 'RecordPositions':
    case 'CorrectPositions':
      return true;
    default:
      return false;
  }
}

/** Units of lots that are expired by then are held, recorded or not; the decision records it first. */
function decideInDetail(state: SkuState, command: SkuCommand, closed: Closed): SkuDecision {
  const { at } = command;
  const due = asOf(state, at);
  const decision = withPostedBack(due.state, decide(due.state, command, closed));
  if (decision.kind === 'refused') return decision;
  if (decision.events.length === 0 && command.type !== 'ExpireLots') return decision;
  const events = withHeld(due.state, decision.events, at);
  return withPromotions(state, at, accept(...due.events, ...events), closed);
}

function decide(state: SkuState, command: SkuCommand, closed: Closed): SkuDecision {
  switch (command.type) {
    case 'DescribeProduct':
      return describe(state, command);
    case 'SetSafetyStock':
      return setSafetyStock(state, command);
    case 'SetLimits':
      return setLimits(state, command);
    case 'DeclareInbound':
      return declareInbound(state, command);
    case 'CancelInbound':
      return cancelInbound(state, command);
    case 'ReportLevel':
      return reportLevel(state, command);
    case 'ReceiveStock':
      return receive(state, command);
    case 'IssueStock':
      return issue(state, command);
    case 'AdjustStock':
      return adjust(state, command, closed);
    case 'AdjustLocations':
      return adjustLocations(state, command, closed);
    case 'RecordStock':
      return record(state, command);
    case 'ApplyCount':
      return applyCount(state, command);
    case 'MoveStock':
      return move(state, command, closed);
    case 'ShipTransfer':
      return ship(state, command, closed);
    case 'ReceiveTransfer':
      return receiveTransfer(state, command);
    case 'ReturnTransfer':
      return returnTransfer(state, command);
    case 'CloseTransfer':
      return closeTransfer(state, command);
    case 'PlaceHold':
      return placeHold(state, command, closed);
    case 'ReleaseHold':
      return releaseHold(state, command);
    case 'SetLotControl':
      return setLotControl(state, command);
    case 'SetBinSale':
      return setBinSale(state, command);
    case 'RecordPositions':
      return recordPositions(state, command);
    case 'CorrectPositions':
      return correctPositions(state, command, closed);
    case 'ChangeLotExpiry':
      return changeLotExpiry(state, command);
    case 'RedateLots':
      return redateLots(state, command);
    case 'RenameLot':
      return renameLot(state, command);
    case 'ExpireLots':
      return expireLots(state, command);
    case 'PlaceReservation':
      return place(state, command, closed);
    case 'CommitReservation':
      return commit(state, command, closed);
    case 'ReverseCommit':
      return reverseCommit(state, command);
    case 'ReleaseReservation':
      return release(state, command);
    case 'ExpireReservation':
      return expire(state, command);
    case 'ExtendReservation':
      return extend(state, command);
    default:
      return command satisfies never;
  }
}
