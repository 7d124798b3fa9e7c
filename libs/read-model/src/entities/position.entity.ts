import { Column, Entity, PrimaryColumn } from 'typeorm';
import { wholeNumber } from './whole-number.js';

@Entity({ name: 'positions' })
export class PositionEntity {
  @PrimaryColumn('text')
  tenant!: string;

  @PrimaryColumn('text')
  sku!: string;

  @PrimaryColumn('text', { name: 'location_id' })
  locationId!: string;

  /** Empty for units without a lot. */
  @PrimaryColumn('text', { name: 'lot_id' })
  lotId!: string;

  /** Empty for units in no bin. */
  @PrimaryColumn('text', { name: 'bin_id' })
  binId!: string;

  @Column('bigint', { transformer: wholeNumber })
  units!: number;

  /** Calendar date `YYYY-MM-DD`. */
  @Column('text', { name: 'expiry_date', nullable: true })
  expiryDate!: string | null;

  /** The lot is expired at the location from then on. */
  @Column('timestamptz', { name: 'expires_at', nullable: true })
  expiresAt!: Date | null;

  /** Whether that is recorded. */
  @Column('boolean')
  expired!: boolean;

  @Column('bigint')
  position!: string;

  @Column('timestamptz', { name: 'created_at' })
  createdAt!: Date;

  @Column('timestamptz', { name: 'updated_at' })
  updatedAt!: Date;
}
