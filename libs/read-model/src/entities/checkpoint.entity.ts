import { Column, Entity, PrimaryColumn } from 'typeorm';

/** The one row that says how far the tables and the topics are, and which projector may write. */
@Entity({ name: 'checkpoint' })
export class CheckpointEntity {
  @PrimaryColumn('smallint')
  id!: number;

  @Column('bigint')
  position!: string;

  @Column('bigint', { name: 'published_position' })
  publishedPosition!: string;

  @Column('bigint')
  epoch!: string;

  @Column('timestamptz', { name: 'recorded_at', nullable: true })
  recordedAt!: Date | null;
}
