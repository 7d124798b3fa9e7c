import type { DynamicModule } from '@nestjs/common';
import { Module } from '@nestjs/common';
import { AvailabilityCheck } from './availability/availability-check.js';
import { AvailabilityController } from './availability/availability.controller.js';
import { LocationsController } from './catalogue/locations.controller.js';
import { ProductsController } from './catalogue/products.controller.js';
import { AtpMatrix } from './channels/atp-matrix.js';
import { ChannelsController } from './channels/channels.controller.js';
import { ItemsController } from './items/items.controller.js';
import { RebuildController } from './operations/rebuild.controller.js';
import { Rebuilds } from './operations/rebuilds.js';
import { SetAsideController } from './operations/set-aside.controller.js';
import { Freshness } from './reading/freshness.js';
import { ReadTables } from './reading/read-tables.js';
import { Readers } from './stream/readers.js';
import { StreamController } from './stream/stream.controller.js';

export interface AtpProjectionParts {
  readonly tables: ReadTables;
  readonly freshness: Freshness;
  readonly checks: AvailabilityCheck;
  readonly readers: Readers;
  readonly rebuilds: Rebuilds;
}

@Module({})
export class AtpProjectionModule {
  static of(parts: AtpProjectionParts): DynamicModule {
    return {
      module: AtpProjectionModule,
      controllers: [
        ItemsController,
        LocationsController,
        ProductsController,
        AvailabilityController,
        ChannelsController,
        StreamController,
        RebuildController,
        SetAsideController,
      ],
      providers: [
        AtpMatrix,
        { provide: ReadTables, useValue: parts.tables },
        { provide: Freshness, useValue: parts.freshness },
        { provide: AvailabilityCheck, useValue: parts.checks },
        { provide: Readers, useValue: parts.readers },
        { provide: Rebuilds, useValue: parts.rebuilds },
      ],
    };
  }
}
