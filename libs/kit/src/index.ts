export { GroupCommit, type GroupCommitOptions } from './batching/group-commit.js';
export { leavingOutRefused } from './batching/leaving-out-refused.js';
export { joined, joinedByTurn, type Joining, type RunTogether } from './batching/joined.js';
export { systemClock, type Clock } from './clocks/clock.js';
export { dayIn, isTimeZone, startOfDay } from './clocks/time-zones.js';
export { pauseOn, systemTimers, type CancelTimer, type Timers } from './clocks/timers.js';
export { CannotUnseal, Sealer } from './sealing/sealer.js';
export { canonicalJson, canonicalSteps } from './ids/canonical-json.js';
export { isUuid } from './ids/is-uuid.js';
export { sha256, uuidOf } from './ids/uuid-of.js';
export { allDone, runInLanes, type LaneOptions, type LaneResult } from './lanes/run-in-lanes.js';
export { booleanArray, float8Array, int4Array, int8Array, jsonbArray, textArray, uuidArray } from './postgres/binary-arrays.js';
export {
  LeaseLost,
  ProcessBusy,
  ProcessTable,
  processTable,
  type Lease,
  type ProcessRef,
  type ProcessTimes,
} from './processes/process-table.js';
export { ProcessDriver, type ProcessDriverOptions } from './processes/process-driver.js';
export { watchdog, type WatchdogOptions } from './processes/watchdog.js';
export { Upkeep, type Chore, type UpkeepSurroundings } from './processes/upkeep.js';
export { inTransaction, takenBack } from './postgres/in-transaction.js';
export { withConnection } from './postgres/with-connection.js';
export { serverProcessesOf, serverProcessOf } from './postgres/server-process.js';
export {
  IDENTIFIER,
  identifierFault,
  isIdentifier,
  isTenant,
  MAX_ID_LENGTH,
  SENT_IDENTIFIER,
  SKU,
  skuFault,
  TENANT,
  tenantFault,
} from './text/identifiers.js';
export { csvRow, csvText } from './text/csv-cells.js';
export { someOf } from './text/some-of.js';
export { findTextFault, storedText, textFault, textFaultIn } from './text/stored-text.js';
export { isRefusedData } from './text/refused-data.js';
export { backOffMs, GrowingPause, type BackOff } from './waiting/back-off.js';
export { inSlices, sliceBy } from './waiting/in-slices.js';
export { ownTurn } from './waiting/own-turn.js';
export { paced, type Pace } from './waiting/paced.js';
export { pause } from './waiting/pause.js';
export { RushPace } from './waiting/rush-pace.js';
export { Signal } from './waiting/signal.js';
export { whenAborted } from './waiting/when-aborted.js';
export { within } from './waiting/within.js';
