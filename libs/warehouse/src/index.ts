export type * from './request/events.js';
export type * from './request/commands.js';
export type { RequestDecision, RequestRefusalCode } from './request/refusals.js';
export {
  allowedTransitions,
  fulfilmentOf,
  initialRequestState,
  lineReservation,
  requestOfReservation,
  openUnits,
  type RequestLine,
  type RequestPhase,
  type RequestState,
  type RequestStatus,
} from './request/state.js';
export { evolveRequest } from './request/evolve.js';
export { decideRequest } from './request/decide.js';
export { requestViolations } from './request/audit.js';
export { MAX_LINES_PER_REQUEST } from './request/limits.js';
export * from './count/index.js';
export {
  findReason,
  SYSTEM_REASON_CODES,
  reasonFault,
  type ReasonCode,
  type ReasonDirection,
  type ReasonFault,
} from './reason-codes/reason-codes.js';

export type * from './adjustment/events.js';
export type * from './adjustment/commands.js';
export { MAX_LINES_PER_ADJUSTMENT } from './adjustment/limits.js';
export { evolveAdjustment, initialAdjustmentState, type AdjustmentPhase, type AdjustmentState } from './adjustment/state.js';
export { decideAdjustment, effectiveFault, unknownReason, type AdjustmentRefusalCode } from './adjustment/decide.js';
export * from './alerts/index.js';
export * from './analytics/index.js';
export * from './replenishment/index.js';
export * from './rebalancing/index.js';

export type * from './hold/events.js';
export type * from './hold/commands.js';
export { MAX_LINES_PER_HOLD } from './hold/limits.js';
export { evolveHoldCall, initialHoldCallState, type HoldCallPhase, type HoldCallState } from './hold/state.js';
export { decideHoldCall, type HoldCallRefusalCode } from './hold/decide.js';
export * from './bin/index.js';
export * from './put-away/index.js';
