import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { ConflictStrategy } from '../channels/channel-settings.js';
import type { Memo, Part } from '../providers/figures.js';

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

  /** A zero or a scarce figure that is lower than what the channel shows: goes before all others. */
  @Column('boolean')
  urgent!: boolean;

  /** The figure by our locations, for channels that map places; null where none is known. */
  @Column('jsonb', { nullable: true })
  parts!: Readonly<Record<string, number>> | null;

  /** What the channel was last seen showing, or confirmed. */
  @Column('bigint', { name: 'shown_quantity', nullable: true })
  shownQuantity!: string | null;

  /** The same by the channel's places. */
  @Column('jsonb', { name: 'shown_parts', nullable: true })
  shownParts!: readonly Part[] | null;

  @Column('timestamptz', { name: 'shown_at', nullable: true })
  shownAt!: Date | null;

  /** Place in the event log of the newest figure that the channel confirmed before a newer one came. */
  @Column('bigint', { name: 'confirmed_position', nullable: true })
  confirmedPosition!: string | null;

  /** A write was sent and not answered: the channel is read before the next. */
  @Column('boolean')
  unsure!: boolean;

  /** The channel's name of a write that it accepted and has not confirmed; null where none is open. */
  @Column('text', { name: 'pending_reference', nullable: true })
  pendingReference!: string | null;

  @Column('bigint', { name: 'pending_version', nullable: true })
  pendingVersion!: string | null;

  @Column('bigint', { name: 'pending_quantity', nullable: true })
  pendingQuantity!: string | null;

  @Column('jsonb', { name: 'pending_parts', nullable: true })
  pendingParts!: readonly Part[] | null;

  /** While it is open no other write of this listing may be made. */
  @Column('boolean', { name: 'pending_exclusive' })
  pendingExclusive!: boolean;

  @Column('timestamptz', { name: 'pending_check_at', nullable: true })
  pendingCheckAt!: Date | null;

  /** The open conflict about its figure; nothing is told meanwhile. */
  @Column('uuid', { name: 'conflict_id', nullable: true })
  conflictId!: string | null;

  /** What the provider keeps of the listing. */
  @Column('jsonb', { nullable: true })
  memo!: Memo | null;

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
