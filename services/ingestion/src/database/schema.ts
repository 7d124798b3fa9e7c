import type { DatabaseSchema } from '@holdfast/runtime';
import { ConnectionEntity } from '../routing/connection.entity.js';
import { WarehouseMappingEntity } from '../routing/warehouse-mapping.entity.js';
import { ParkedMessageEntity } from '../parking/parked-message.entity.js';
import { DeadLetterEntity } from '../dead-letters/dead-letter.entity.js';
import { IngestionTables1700000000001 } from './0001-ingestion-tables.migration.js';
import { Imports1700000000002 } from './0002-imports.migration.js';

export const INGESTION_SCHEMA: DatabaseSchema = {
  name: 'ingestion',
  entities: [ConnectionEntity, WarehouseMappingEntity, ParkedMessageEntity, DeadLetterEntity],
  migrations: [IngestionTables1700000000001, Imports1700000000002],
};
