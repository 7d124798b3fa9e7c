import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { ConflictStrategy } from '../channels/channel-settings.js';

/**
 * One SKU on one channel: the figure that the channel should show and the one that was sent last. Without a listing id it is not mapped;
 * its figure is kept all the same, so that the figure of a new mapping can be sent at once.
 */
@Entity({ schema: 'channels', name: 'listing' })
export class ListingEntity {
  @PrimaryColumn('text')
  tenant!: string;

  @PrimaryColumn('text', { name: 'channel_id' })
  channelId!: string;

  @PrimaryColumn('text')
  sku!: string;

  @Column('text', { name: 'listing_id', nullable: true })
  listingId!: string | null;

  @Column('text', { name: 'conflict_strategy', nullable: true })
  conflictStrategy!: ConflictStrategy | null;

  /** Newest ATP; null until one is known. Postgres writes 64-bit numbers as text. */
  @Column('bigint', { nullable: true })
  quantity!: string | null;

  @Column('bigint', { name: 'atp_position', nullable: true })
  atpPosition!: string | null;

  @Column('bigint', { name: 'atp_version', nullable: true })
  atpVersion!: string | null;

  /** Drawn from one sequence at every change of figure or mapping, so that it grows also when a listing moves to another SKU. */
  @Column('bigint')
  version!: string;

  /** When the figure is due to be sent; null while none is due. */
  @Column('timestamptz', { name: 'due_at', nullable: true })
  dueAt!: Date | null;

  /** The push was requested: it is sent also where automatic sync is off. */
  @Column('boolean')
  forced!: boolean;

  @Column('bigint', { name: 'sent_quantity', nullable: true })
  sentQuantity!: string | null;

  @Column('bigint', { name: 'sent_version', nullable: true })
  sentVersion!: string | null;

  @Column('timestamptz', { name: 'sent_at', nullable: true })
  sentAt!: Date | null;

  @Column('text', { nullable: true })
  fault!: string | null;

  @Column('integer')
  attempts!: number;
}
