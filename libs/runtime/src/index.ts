export type * from './port.js';
export * from './embedded-postgres/index.js';
export { openRuntime, type RuntimeOptions } from './open-runtime.js';
export { explainFailedStart, runService } from './run-service.js';
export { startUpkeep } from './upkeep.js';
export { onStopSignal } from './stop-signal.js';
export { LedgerTurns, type TurnListener } from './ledger-turns.js';
export { openPool } from './engines/database.js';
