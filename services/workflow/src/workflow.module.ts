import { Module, type DynamicModule } from '@nestjs/common';
import { AlertList } from './alerts/alert-list.js';
import { AlertListController } from './alerts/alert-list.controller.js';
import { AlertsConsumer } from './alerts/alerts.consumer.js';
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
  readonly alerts: AlertList;
  readonly watch: StockWatch;
}

@Module({})
export class WorkflowModule {
  static of(parts: WorkflowParts): DynamicModule {
    return {
      module: WorkflowModule,
      controllers: [ReallocationController, TransfersController, AlertsController, AlertListController, AtpConsumer, AlertsConsumer],
      providers: [
        { provide: TransfersService, useValue: parts.transfers },
        { provide: TransferListPosition, useValue: parts.listed },
        { provide: ReallocationService, useValue: parts.reallocation },
        { provide: LowStockView, useValue: parts.lowStock },
        { provide: AlertList, useValue: parts.alerts },
        { provide: StockWatch, useValue: parts.watch },
      ],
    };
  }
}
