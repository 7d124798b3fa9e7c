import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { CountPhase } from '@holdfast/warehouse';
import type { CountRecord } from './count-record.js';
import type { CountBatchView } from './count-views.dto.js';

/** A batch of counts as its stream says, for lists and for the watchdog. Kept by a follower; the stream is the truth. */
@Entity({ schema: 'workflow', name: 'count_batch' })
export class CountBatchEntity {
  @PrimaryColumn('text')
  tenant!: string;

  @PrimaryColumn('text', { name: 'batch_id' })
  batchId!: string;

  @Column('text')
  status!: CountPhase;

  @Column('text', { name: 'location_id' })
  locationId!: string;

  @Column('text', { name: 'assigned_to', nullable: true })
  assignedTo!: string | null;

  /** A process is to go on with it. */
  @Column('boolean', { name: 'under_way' })
  underWay!: boolean;

  @Column('timestamptz', { name: 'created_at' })
  createdAt!: Date;

  @Column('timestamptz', { name: 'updated_at' })
  updatedAt!: Date;

  /** What lists show. */
  @Column('jsonb')
  summary!: CountBatchView;

  @Column('jsonb')
  record!: CountRecord;

  /** Of the newest event that it reflects. */
  @Column('integer')
  revision!: number;
}
