import type { DatabaseSchema } from '@holdfast/runtime';
import { ConnectionEntity } from '../routing/connection.entity.js';
import { WarehouseMappingEntity } from '../routing/warehouse-mapping.entity.js';
import { ParkedMessageEntity } from '../parking/parked-message.entity.js';
import { DeadLetterEntity } from '../dead-letters/dead-letter.entity.js';
import { IngestionTables1700000000001 } from './0001-ingestion-tables.migration.js';
import { Imports1700000000002 } from './0002-imports.migration.js';
import { Pollers1700000000003 } from './0003-pollers.migration.js';
import { LargeImports1700000000004 } from './0004-large-imports.migration.js';
import { PollReadings1700000000006 } from './0006-poll-readings.migration.js';
import { OrderLines1700000000007 } from './0007-order-lines.migration.js';
import { FiguresOfConnections1700000000008 } from './0008-figures-of-connections.migration.js';

export const INGESTION_SCHEMA: DatabaseSchema = {
  name: 'ingestion',
  entities: [ConnectionEntity, WarehouseMappingEntity, ParkedMessageEntity, DeadLetterEntity],
  migrations: [
    IngestionTables1700000000001,
    Imports1700000000002,
    Pollers1700000000003,
    LargeImports1700000000004,
    PollReadings1700000000006,
    OrderLines1700000000007,
    FiguresOfConnections1700000000008,
  ],
};
