export type * from './commands.js';
export type * from './events.js';
export { decideRebalancing, proposalsOf, type RebalancingDecision, type RebalancingRefusalCode } from './decide.js';
export { MAX_DAYS_OF_COVER, MAX_LANES_PER_POLICY, MAX_LOCATIONS_PER_POLICY, MAX_PLACES_PER_RUN, MAX_SKUS_PER_POLICY } from './limits.js';
export {
  laneCost,
  policyFault,
  REBALANCING_MODES,
  type Lane,
  type PolicyFault,
  type RebalancingMode,
  type RebalancingPolicy,
} from './policy.js';
export {
  proposeMoves,
  type Circumstances,
  type MoveReason,
  type PastMove,
  type PlaceFigures,
  type ProposedMove,
  type SideEffect,
  type SkuPicture,
} from './propose.js';
export {
  evolveRebalancing,
  initialRebalancing,
  isOpenProposal,
  PROPOSAL_STATUSES,
  type KnownProposal,
  type ProposalStatus,
  type RebalancingState,
} from './state.js';
