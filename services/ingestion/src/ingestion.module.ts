import type { DynamicModule } from '@nestjs/common';
import { Module } from '@nestjs/common';
import { BulkProducts } from './catalogue/bulk-products.js';
import { LocationService } from './catalogue/location.service.js';
import { LocationsController } from './catalogue/locations.controller.js';
import { ProductService } from './catalogue/product.service.js';
import { ProductsController } from './catalogue/products.controller.js';
import { DeadLetterCollector } from './dead-letters/collector.js';
import { DeadLetters } from './dead-letters/dead-letters.js';
import { DeadLettersController } from './dead-letters/dead-letters.controller.js';
import { Replay } from './dead-letters/replay.js';
import { ErpPublisher } from './erp-http/erp-publisher.js';
import { ErpMessagesController } from './erp-http/erp-messages.controller.js';
import { Followers } from './imports/followers.js';
import { ImportsController } from './imports/imports.controller.js';
import { ImportsService } from './imports/imports.service.js';
import type { IngestionParts } from './ingestion.parts.js';
import { Intake } from './intake/intake.js';
import { Demand } from './orders/demand.js';
import { OrderLines } from './orders/order-lines.js';
import { OrdersController } from './orders/orders.controller.js';
import { ParkedController } from './parking/parked.controller.js';
import { ParkedMessages } from './parking/parked-messages.js';
import { PollersController } from './pollers/connections/pollers.controller.js';
import { PollersService } from './pollers/connections/pollers.service.js';
import { ReappraisalsConsumer } from './pollers/figures/reappraisals.consumer.js';
import { Reappraisals } from './pollers/figures/reappraisals.js';
import { ConnectionsController } from './routing/connections.controller.js';
import { ConnectionsService } from './routing/connections.service.js';
import { AdjustmentsController } from './stock/several/adjustments.controller.js';
import { AdjustmentsService } from './stock/several/adjustments.service.js';
import { BulkStock } from './stock/bulk-stock.js';
import { BulkStockController } from './stock/bulk-stock.controller.js';
import { StockController } from './stock/stock.controller.js';
import { StockService } from './stock/stock.service.js';
import { TopicsController } from './topics.controller.js';

@Module({})
export class IngestionModule {
  static of(parts: IngestionParts): DynamicModule {
    return {
      module: IngestionModule,
      controllers: [
        TopicsController,
        ConnectionsController,
        PollersController,
        ReappraisalsConsumer,
        ErpMessagesController,
        ParkedController,
        DeadLettersController,
        StockController,
        AdjustmentsController,
        BulkStockController,
        ProductsController,
        LocationsController,
        ImportsController,
        OrdersController,
      ],
      providers: [
        Followers,
        { provide: Intake, useValue: parts.intake },
        { provide: DeadLetterCollector, useValue: parts.collector },
        { provide: ConnectionsService, useValue: parts.connections },
        { provide: PollersService, useValue: parts.pollers },
        { provide: Reappraisals, useValue: parts.reappraisals },
        { provide: ErpPublisher, useValue: parts.erpPublisher },
        { provide: ParkedMessages, useValue: parts.parked },
        { provide: DeadLetters, useValue: parts.letters },
        { provide: Replay, useValue: parts.replay },
        { provide: StockService, useValue: parts.stock },
        { provide: AdjustmentsService, useValue: parts.adjustments },
        { provide: BulkStock, useValue: parts.bulkStock },
        { provide: ProductService, useValue: parts.products },
        { provide: BulkProducts, useValue: parts.bulkProducts },
        { provide: LocationService, useValue: parts.locationService },
        { provide: ImportsService, useValue: parts.imports },
        { provide: OrderLines, useValue: parts.orderLines },
        { provide: Demand, useValue: parts.demand },
      ],
    };
  }
}
