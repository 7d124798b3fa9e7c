import type { EntityTarget, ObjectLiteral } from 'typeorm';
import { ENTITIES } from './entities/index.js';
import { ReadModelTables1700000000401 } from './migrations/0401-read-model-tables.migration.js';
import { Places1700000000402 } from './migrations/0402-places.migration.js';
import { SetAside1700000000403 } from './migrations/0403-set-aside.migration.js';
import { ReservationsAge1700000000404 } from './migrations/0404-reservations-age.migration.js';
import { ChannelAtpLocations1700000000405 } from './migrations/0405-channel-atp-locations.migration.js';
import { ProductLimits1700000000406 } from './migrations/0406-product-limits.migration.js';
import { ReservationsNewest1700000000407 } from './migrations/0407-reservations-newest.migration.js';
import { ReservationHolder1700000000408 } from './migrations/0408-reservation-holder.migration.js';
import { HeldStock1700000000409 } from './migrations/0409-held-stock.migration.js';
import { ProductUnits1700000000410 } from './migrations/0410-product-units.migration.js';
import { ClosedLocations1700000000411 } from './migrations/0411-closed-locations.migration.js';
import { Positions1700000000412 } from './migrations/0412-positions.migration.js';
import { READ_MODEL, checkedSchema } from './schema-name.js';

export interface ReadModelSchema {
  readonly name: string;
  readonly entities: readonly EntityTarget<ObjectLiteral>[];
  readonly migrations: (new () => object)[];
}

/** The migrations and entities that `Database.open` needs for a data source of a read model's tables. @param name Postgres schema */
export const readModelSchema = (name: string = READ_MODEL): ReadModelSchema => ({
  name: checkedSchema(name),
  entities: ENTITIES,
  migrations: [
    ReadModelTables1700000000401,
    Places1700000000402,
    SetAside1700000000403,
    ReservationsAge1700000000404,
    ChannelAtpLocations1700000000405,
    ProductLimits1700000000406,
    ReservationsNewest1700000000407,
    ReservationHolder1700000000408,
    HeldStock1700000000409,
    ProductUnits1700000000410,
    ClosedLocations1700000000411,
    Positions1700000000412,
  ],
});
