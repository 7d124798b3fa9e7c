import { Module, type DynamicModule } from '@nestjs/common';
import { ChannelsController } from './channels/channels.controller.js';
import { ChannelsService } from './channels/channels.service.js';
import { ConflictsController } from './conflicts/conflicts.controller.js';
import { ConflictsService } from './conflicts/conflicts.service.js';
import { DiscoveryController } from './discovery/discovery.controller.js';
import { DiscoveryService } from './discovery/discovery.service.js';
import { HooksController } from './hooks/hooks.controller.js';
import { HooksService } from './hooks/hooks.service.js';
import { OrdersController } from './orders/orders.controller.js';
import { OrdersView } from './orders/orders-view.js';
import { TakingAgain } from './orders/taking-again.js';
import { HistoryController } from './history/history.controller.js';
import { HistoryService } from './history/history.service.js';
import { AtpConsumer } from './mappings/atp.consumer.js';
import { DesiredFigures } from './mappings/desired-figures.js';
import { MappingsController } from './mappings/mappings.controller.js';
import { MappingsExportController } from './mappings/mappings-export.controller.js';
import { MappingsService } from './mappings/mappings.service.js';
import { AcrossChannelsService } from './master/across-channels.js';
import { ChannelsOfManyController } from './master/channels-of-many.controller.js';
import { MasterController } from './master/master.controller.js';
import { MasterService } from './master/master.service.js';
import { ReconcileController } from './reconcile/reconcile.controller.js';
import { ReconcileService } from './reconcile/reconcile.service.js';
import { SyncController } from './sync/sync.controller.js';
import { SyncService } from './sync/sync.service.js';

/** What the controllers are given. */
export interface ConnectorParts {
  readonly channels: ChannelsService;
  readonly mappings: MappingsService;
  readonly master: MasterService;
  readonly across: AcrossChannelsService;
  readonly sync: SyncService;
  readonly history: HistoryService;
  readonly desired: DesiredFigures;
  readonly discoveries: DiscoveryService;
  readonly reconciles: ReconcileService;
  readonly hooks: HooksService;
  readonly orders: OrdersView;
  readonly takingAgain: TakingAgain;
  readonly conflicts: ConflictsService;
}

@Module({})
export class ChannelConnectorModule {
  static of(parts: ConnectorParts): DynamicModule {
    return {
      module: ChannelConnectorModule,
      controllers: [
        ChannelsController,
        DiscoveryController,
        MappingsController,
        MappingsExportController,
        ReconcileController,
        ConflictsController,
        SyncController,
        ChannelsOfManyController,
        MasterController,
        HistoryController,
        OrdersController,
        HooksController,
        AtpConsumer,
      ],
      providers: [
        { provide: ChannelsService, useValue: parts.channels },
        { provide: MappingsService, useValue: parts.mappings },
        { provide: MasterService, useValue: parts.master },
        { provide: AcrossChannelsService, useValue: parts.across },
        { provide: SyncService, useValue: parts.sync },
        { provide: HistoryService, useValue: parts.history },
        { provide: DesiredFigures, useValue: parts.desired },
        { provide: DiscoveryService, useValue: parts.discoveries },
        { provide: ConflictsService, useValue: parts.conflicts },
        { provide: ReconcileService, useValue: parts.reconciles },
        { provide: HooksService, useValue: parts.hooks },
        { provide: OrdersView, useValue: parts.orders },
        { provide: TakingAgain, useValue: parts.takingAgain },
      ],
    };
  }
}
