import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

export const SYNC_OPERATIONS = ['inventory_push', 'inventory_conflict', 'mapping_missing', 'inventory_update'] as const;
export type SyncOperation = (typeof SYNC_OPERATIONS)[number];

export type SyncOutcome = 'ok' | 'error' | 'skipped';

/** What happened between the master and its channels. Bounded in age and number; not a source of truth. */
@Entity({ schema: 'channels', name: 'history' })
export class HistoryEntity {
  @PrimaryGeneratedColumn('identity', { type: 'bigint' })
  id!: string;

  @Column('text')
  tenant!: string;

  @Column('timestamptz')
  at!: Date;

  @Column('text')
  operation!: SyncOperation;

  @Column('text')
  outcome!: SyncOutcome;

  @Column('text', { name: 'channel_id', nullable: true })
  channelId!: string | null;

  @Column('text', { nullable: true })
  sku!: string | null;

  @Column('text', { name: 'listing_id', nullable: true })
  listingId!: string | null;

  @Column('text', { name: 'location_id', nullable: true })
  locationId!: string | null;

  @Column('bigint', { nullable: true })
  quantity!: string | null;

  @Column('bigint', { nullable: true })
  version!: string | null;

  /** The fault, or the reason that the caller gave. */
  @Column('text', { nullable: true })
  detail!: string | null;

  /** Of a conflict: what the channel showed. */
  @Column('bigint', { nullable: true })
  observed!: string | null;

  @Column('uuid', { name: 'conflict_id', nullable: true })
  conflictId!: string | null;

  @Column('text', { nullable: true })
  actor!: string | null;

  /** Listings of a failed call, or how often an unmapped SKU was skipped. */
  @Column('integer')
  occurrences!: number;
}
