export { ingestionService } from './ingestion.service.js';
export { Intake, type IntakeParts } from './intake/intake.js';
export type { IntakeMetrics } from './intake/intake-metrics.js';
export { LedgerWriter } from './intake/ledger-writer.js';
export { parkingLane, type Handled, type Look } from './intake/inbox.js';
export { topicKey, type Entry } from './intake/entry.js';
export type { ReadyMessage } from './parking/parked-messages.js';
export { Unparking, type UnparkingParts } from './parking/unparking.js';
export type { TenantRouting } from './routing/routing.js';
