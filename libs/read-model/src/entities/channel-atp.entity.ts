import { Column, Entity, PrimaryColumn } from 'typeorm';
import { wholeNumber } from './whole-number.js';

@Entity({ name: 'channel_atp' })
export class ChannelAtpEntity {
  @PrimaryColumn('text')
  tenant!: string;

  @PrimaryColumn('text')
  sku!: string;

  @PrimaryColumn('text', { name: 'channel_id' })
  channelId!: string;

  /** Units that the channel may promise, over all locations. */
  @Column('bigint', { transformer: wholeNumber })
  atp!: number;

  /** The same by location id, without locations that have none. */
  @Column('jsonb')
  locations!: Readonly<Record<string, number>>;

  /** Counts the changes published on `inventory.channel-atp.v1`. */
  @Column('bigint', { transformer: wholeNumber })
  version!: number;

  @Column('bigint')
  position!: string;

  @Column('timestamptz', { name: 'created_at' })
  createdAt!: Date;

  @Column('timestamptz', { name: 'updated_at' })
  updatedAt!: Date;
}
