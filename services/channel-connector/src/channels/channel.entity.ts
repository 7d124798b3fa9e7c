import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { MappedLocation } from '../providers/provider.js';
import type { ConflictStrategy } from './channel-settings.js';

/** How a channel is delivered to, and how that goes. What the channel may promise (its policy) is in the event stream, not here. */
@Entity({ schema: 'channels', name: 'channel' })
export class ChannelEntity {
  @PrimaryColumn('text')
  tenant!: string;

  @PrimaryColumn('text', { name: 'channel_id' })
  channelId!: string;

  @Column('text')
  provider!: string;

  @Column('boolean', { name: 'sync_inventory' })
  syncInventory!: boolean;

  @Column('text', { name: 'conflict_strategy' })
  conflictStrategy!: ConflictStrategy;

  /** As the provider's settings class describes them. */
  @Column('jsonb')
  settings!: Readonly<Record<string, unknown>>;

  /** Sealed JSON. Never selected by default: only who calls the channel asks for it. */
  @Column('text', { select: false })
  credentials!: string;

  /** Which credentials there are. */
  @Column('text', { name: 'credential_names', array: true })
  credentialNames!: readonly string[];

  @Column('jsonb')
  locations!: readonly MappedLocation[];

  /** Of the channel's policy: a fall to or below it is urgent. */
  @Column('bigint', { name: 'low_threshold' })
  lowThreshold!: string;

  /** How old its figures may be; null for the default. */
  @Column('integer', { name: 'stale_after_seconds', nullable: true })
  staleAfterSeconds!: number | null;

  /** How often it is compared; null for the default. */
  @Column('integer', { name: 'reconcile_every_seconds', nullable: true })
  reconcileEverySeconds!: number | null;

  /** How long an order may come after its sale; null for the default. */
  @Column('integer', { name: 'order_within_seconds', nullable: true })
  orderWithinSeconds!: number | null;

  /** Whether it is compared with what it should show now and then: its kind can be read. */
  @Column('boolean', { name: 'is_read' })
  isRead!: boolean;

  /** Grows with every change of how the channel is called. */
  @Column('bigint')
  revision!: string;

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
