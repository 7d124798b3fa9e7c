import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { ErpMessage } from '@holdfast/contracts';

/** A message whose warehouse is no location yet; ids grow in the order of arrival. */
@Entity({ schema: 'ingestion', name: 'parked_messages' })
export class ParkedMessageEntity {
  @PrimaryColumn('bigint', { generated: 'identity' })
  id!: string;

  @Column('uuid', { name: 'command_id' })
  commandId!: string;

  @Column('text')
  tenant!: string;

  @Column('text', { name: 'connection_id' })
  connectionId!: string;

  @Column('text', { name: 'warehouse_id' })
  warehouseId!: string;

  @Column('text')
  sku!: string;

  @Column('jsonb')
  message!: ErpMessage;

  @Column('timestamptz', { name: 'parked_at', default: () => 'now()' })
  parkedAt!: Date;
}
