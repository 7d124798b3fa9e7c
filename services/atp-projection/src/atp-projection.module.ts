import type { DynamicModule } from '@nestjs/common';
import { Module } from '@nestjs/common';
import { AvailabilityCheck } from './availability/availability-check.js';
import { AvailabilityController } from './availability/availability.controller.js';
import { LocationsController } from './catalogue/locations.controller.js';
import { ProductsController } from './catalogue/products.controller.js';
import { AtpMatrix } from './channels/atp-matrix.js';
import { ChannelsController } from './channels/channels.controller.js';
import { ExportsController } from './exports/exports.controller.js';
import { EventPages } from './history/event-pages.js';
import { HistoryController } from './history/history.controller.js';
import { StockPast } from './history/stock-past.js';
import { ExpiredController } from './items/expired.controller.js';
import { ItemsController } from './items/items.controller.js';
import { PositionItems } from './items/position-items.js';
import { RebuildController } from './operations/rebuild.controller.js';
import { Rebuilds } from './operations/rebuilds.js';
import { SetAsideController } from './operations/set-aside.controller.js';
import { StatusController } from './operations/status.controller.js';
import { ErpReadings } from './reading/erp-readings.js';
import { Freshness } from './reading/freshness.js';
import { ReadTables } from './reading/read-tables.js';
import { ReservationsController } from './reservations/reservations.controller.js';
import { SearchController } from './search/search.controller.js';
import { Readers } from './stream/readers.js';
import { StreamController } from './stream/stream.controller.js';
import { MatrixViews } from './views/matrix-views.js';
import { ViewsController } from './views/views.controller.js';

export interface AtpProjectionParts {
  readonly tables: ReadTables;
  readonly freshness: Freshness;
  readonly readings: ErpReadings;
  readonly checks: AvailabilityCheck;
  readonly readers: Readers;
  readonly rebuilds: Rebuilds;
  readonly positions: PositionItems;
  readonly past: StockPast;
  readonly pages: EventPages;
}

@Module({})
export class AtpProjectionModule {
  static of(parts: AtpProjectionParts): DynamicModule {
    return {
      module: AtpProjectionModule,
      controllers: [
        ExportsController,
        ItemsController,
        ExpiredController,
        LocationsController,
        ProductsController,
        AvailabilityController,
        ChannelsController,
        StreamController,
        HistoryController,
        ReservationsController,
        SearchController,
        RebuildController,
        SetAsideController,
        ViewsController,
        StatusController,
      ],
      providers: [
        AtpMatrix,
        MatrixViews,
        { provide: ReadTables, useValue: parts.tables },
        { provide: Freshness, useValue: parts.freshness },
        { provide: ErpReadings, useValue: parts.readings },
        { provide: AvailabilityCheck, useValue: parts.checks },
        { provide: Readers, useValue: parts.readers },
        { provide: Rebuilds, useValue: parts.rebuilds },
        { provide: PositionItems, useValue: parts.positions },
        { provide: StockPast, useValue: parts.past },
        { provide: EventPages, useValue: parts.pages },
      ],
    };
  }
}
