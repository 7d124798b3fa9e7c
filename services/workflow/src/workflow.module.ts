import { Module, type DynamicModule } from '@nestjs/common';
import { AlertsController } from './alerts/alerts.controller.js';
import { AtpConsumer } from './alerts/atp.consumer.js';
import { LowStockView } from './alerts/low-stock.js';
import { StockWatch } from './alerts/stock-watch.js';
import { ReallocationController } from './reallocation/reallocation.controller.js';
import { ReallocationService } from './reallocation/reallocation.service.js';
import { TransferListPosition } from './transfers/transfer-list-position.js';
import { TransfersController } from './transfers/transfers.controller.js';
import { TransfersService } from './transfers/transfers.service.js';

/** What the controllers are given. */
export interface WorkflowParts {
  readonly transfers: TransfersService;
  readonly listed: TransferListPosition;
  readonly reallocation: ReallocationService;
  readonly lowStock: LowStockView;
  readonly watch: StockWatch;
}

@Module({})
export class WorkflowModule {
  static of(parts: WorkflowParts): DynamicModule {
    return {
      module: WorkflowModule,
      controllers: [ReallocationController, TransfersController, AlertsController, AtpConsumer],
      providers: [
        { provide: TransfersService, useValue: parts.transfers },
        { provide: TransferListPosition, useValue: parts.listed },
        { provide: ReallocationService, useValue: parts.reallocation },
        { provide: LowStockView, useValue: parts.lowStock },
        { provide: StockWatch, useValue: parts.watch },
      ],
    };
  }
}
