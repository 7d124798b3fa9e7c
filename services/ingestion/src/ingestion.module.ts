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
import { ImportsController } from './imports/imports.controller.js';
import { ImportsService } from './imports/imports.service.js';
import type { IngestionParts } from './ingestion.parts.js';
import { Intake } from './intake/intake.js';
import { ParkedController } from './parking/parked.controller.js';
import { ParkedMessages } from './parking/parked-messages.js';
import { ConnectionsController } from './routing/connections.controller.js';
import { ConnectionsService } from './routing/connections.service.js';
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
        ErpMessagesController,
        ParkedController,
        DeadLettersController,
        StockController,
        BulkStockController,
        ProductsController,
        LocationsController,
        ImportsController,
      ],
      providers: [
        { provide: Intake, useValue: parts.intake },
        { provide: DeadLetterCollector, useValue: parts.collector },
        { provide: ConnectionsService, useValue: parts.connections },
        { provide: ErpPublisher, useValue: parts.erpPublisher },
        { provide: ParkedMessages, useValue: parts.parked },
        { provide: DeadLetters, useValue: parts.letters },
        { provide: Replay, useValue: parts.replay },
        { provide: StockService, useValue: parts.stock },
        { provide: BulkStock, useValue: parts.bulkStock },
        { provide: ProductService, useValue: parts.products },
        { provide: BulkProducts, useValue: parts.bulkProducts },
        { provide: LocationService, useValue: parts.locationService },
        { provide: ImportsService, useValue: parts.imports },
      ],
    };
  }
}
