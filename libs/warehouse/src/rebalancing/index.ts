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
