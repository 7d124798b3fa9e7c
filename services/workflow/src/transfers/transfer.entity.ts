import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { TransferPhase } from '@holdfast/inventory';
import type { TransferRecord } from './transfer-record.js';

/** A transfer as its stream says, for lists and for the watchdog. Kept by a follower; the stream is the truth. */
@Entity({ schema: 'workflow', name: 'transfer' })
export class TransferEntity {
  @PrimaryColumn('text')
  tenant!: string;

  @PrimaryColumn('text', { name: 'transfer_id' })
  transferId!: string;

  @Column('text')
  status!: TransferPhase;

  @Column('text', { name: 'from_location_id' })
  fromLocationId!: string;

  @Column('text', { name: 'to_location_id' })
  toLocationId!: string;

  @Column('text', { nullable: true })
  reference!: string | null;

  @Column('timestamptz', { name: 'created_at' })
  createdAt!: Date;

  @Column('timestamptz', { name: 'updated_at' })
  updatedAt!: Date;

  @Column('jsonb')
  record!: TransferRecord;

  /** Of the newest event that it reflects. */
  @Column('integer')
  revision!: number;
}
