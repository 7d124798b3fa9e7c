import type { AllocationCommand } from './allocations/commands.js';
import type { CountCommand } from './counts/commands.js';
import type { HoldCommand } from './holds/commands.js';
import type { LotCommand } from './lots/commands.js';
import type { ReconciliationCommand } from './reconciliation/commands.js';
import type { ReservationCommand } from './reservations/commands.js';
import type { StockCommand } from './stock/commands.js';
import type { SupplyCommand } from './supply/commands.js';
import type { TransferStockCommand } from './transfers/commands.js';

export type * from './allocations/commands.js';
export type * from './counts/commands.js';
export type * from './holds/commands.js';
export type * from './lots/commands.js';
export type * from './reconciliation/commands.js';
export type * from './reservations/commands.js';
export type * from './stock/commands.js';
export type * from './supply/commands.js';
export type * from './transfers/commands.js';

export type SkuCommand =
  | StockCommand
  | CountCommand
  | ReconciliationCommand
  | TransferStockCommand
  | AllocationCommand
  | SupplyCommand
  | ReservationCommand
  | HoldCommand
  | LotCommand;
