import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A message that could not be processed, as it came, with the reason; kept after its replay. */
@Entity({ schema: 'ingestion', name: 'dead_letters' })
export class DeadLetterEntity {
  @PrimaryColumn('uuid')
  id!: string;

  @Column('text')
  tenant!: string;

  @Column('text')
  topic!: string;

  @Column('integer')
  partition!: number;

  @Column('text')
  offset!: string;

  @Column('text')
  key!: string;

  @Column('text', { nullable: true })
  value!: string | null;

  @Column('text')
  code!: string;

  @Column('text')
  message!: string;

  @Column('timestamptz', { name: 'received_at', default: () => 'now()' })
  receivedAt!: Date;

  @Column('timestamptz', { name: 'replayed_at', nullable: true })
  replayedAt!: Date | null;

  @Column('jsonb', { nullable: true })
  fix!: Record<string, unknown> | null;
}
