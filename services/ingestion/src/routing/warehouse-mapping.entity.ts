import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Which location an ERP's warehouse is. */
@Entity({ schema: 'ingestion', name: 'warehouse_mappings' })
export class WarehouseMappingEntity {
  @PrimaryColumn('text')
  tenant!: string;

  @PrimaryColumn('text', { name: 'connection_id' })
  connectionId!: string;

  @PrimaryColumn('text', { name: 'warehouse_id' })
  warehouseId!: string;

  @Column('text', { name: 'location_id' })
  locationId!: string;

  @Column('timestamptz', { name: 'updated_at', default: () => 'now()' })
  updatedAt!: Date;
}
