import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { ConflictStrategy, Provider } from './channel-settings.js';

/** How a channel is delivered to, and how that goes. What the channel may promise (its policy) is in the event stream, not here. */
@Entity({ schema: 'channels', name: 'channel' })
export class ChannelEntity {
  @PrimaryColumn('text')
  tenant!: string;

  @PrimaryColumn('text', { name: 'channel_id' })
  channelId!: string;

  @Column('text')
  provider!: Provider;

  @Column('boolean', { name: 'sync_inventory' })
  syncInventory!: boolean;

  @Column('text', { name: 'conflict_strategy' })
  conflictStrategy!: ConflictStrategy;

  @Column('text', { name: 'webhook_url' })
  webhookUrl!: string;

  /** Never selected by default: only the signer asks for it. */
  @Column('text', { name: 'webhook_secret', select: false })
  webhookSecret!: string;

  @Column('integer', { name: 'calls_per_second' })
  callsPerSecond!: number;

  /** True once the receiver answered that its address is gone; nothing is sent until the channel is set up again. */
  @Column('boolean')
  gone!: boolean;

  @Column('integer')
  failures!: number;

  @Column('timestamptz', { name: 'retry_at', nullable: true })
  retryAt!: Date | null;

  @Column('text', { nullable: true })
  fault!: string | null;

  @Column('timestamptz', { name: 'last_success_at', nullable: true })
  lastSuccessAt!: Date | null;

  /** The one process that writes to this channel, while its lease runs. */
  @Column('uuid', { nullable: true })
  owner!: string | null;

  @Column('timestamptz', { name: 'lease_until', nullable: true })
  leaseUntil!: Date | null;

  @Column('timestamptz', { name: 'created_at' })
  createdAt!: Date;

  @Column('timestamptz', { name: 'updated_at' })
  updatedAt!: Date;
}
