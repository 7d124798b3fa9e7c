export type * from './events.js';
export type * from './commands.js';
export { MAX_ITEMS_PER_PUT_AWAY } from './limits.js';
export {
  PLACEMENT_REASONS,
  placeGoods,
  type BinSituation,
  type Goods,
  type Placed,
  type Placement,
  type PlacementReason,
} from './strategy.js';
export {
  completedUnits,
  evolvePutAway,
  initialPutAwayState,
  isPutAwayUnderWay,
  PUT_AWAY_STATUSES,
  putAwayStatus,
  unplacedUnits,
  type PutAwayLine,
  type PutAwayPhase,
  type PutAwayState,
  type PutAwayStatus,
} from './state.js';
export { decidePutAway, type PutAwayRefusalCode } from './decide.js';
export { lostClaims, putAwayViolations } from './audit.js';
