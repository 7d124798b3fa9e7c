import { Column, Entity, PrimaryColumn } from 'typeorm';
import { wholeNumber } from './whole-number.js';

@Entity({ name: 'channels' })
export class ChannelEntity {
  @PrimaryColumn('text')
  tenant!: string;

  @PrimaryColumn('text', { name: 'channel_id' })
  channelId!: string;

  @Column('text')
  name!: string;

  @Column('text', { name: 'channel_type' })
  channelType!: string;

  @Column('boolean')
  enabled!: boolean;

  @Column('text', { name: 'policy_id' })
  policyId!: string;

  @Column('bigint', { name: 'buffer_units', transformer: wholeNumber })
  bufferUnits!: number;

  @Column('double precision', { name: 'buffer_percent' })
  bufferPercent!: number;

  @Column('bigint', { name: 'low_threshold', transformer: wholeNumber })
  lowThreshold!: number;

  @Column('bigint', { name: 'critical_threshold', transformer: wholeNumber })
  criticalThreshold!: number;

  @Column('bigint')
  position!: string;

  @Column('timestamptz', { name: 'created_at' })
  createdAt!: Date;

  @Column('timestamptz', { name: 'updated_at' })
  updatedAt!: Date;
}
