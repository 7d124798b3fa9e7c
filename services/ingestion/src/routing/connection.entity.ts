import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { FigureCovers } from './routing.js';

/** An ERP that a tenant connected; its messages name it. */
@Entity({ schema: 'ingestion', name: 'connections' })
export class ConnectionEntity {
  @PrimaryColumn('text')
  tenant!: string;

  @PrimaryColumn('text')
  id!: string;

  @Column('text')
  name!: string;

  @Column('text')
  system!: string;

  @Column('integer', { name: 'posting_lag_ms', nullable: true })
  postingLagMs!: number | null;

  @Column('boolean', { name: 'adjustments_posted_back' })
  adjustmentsPostedBack!: boolean;

  @Column('text', { name: 'figure_covers' })
  figureCovers!: FigureCovers;

  @Column('boolean', { name: 'auto_map' })
  autoMap!: boolean;

  @Column('timestamptz', { name: 'created_at', default: () => 'now()' })
  createdAt!: Date;

  @Column('timestamptz', { name: 'updated_at', default: () => 'now()' })
  updatedAt!: Date;
}
