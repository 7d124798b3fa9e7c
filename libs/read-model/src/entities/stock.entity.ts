import { Column, Entity, PrimaryColumn } from 'typeorm';
import { wholeNumber } from './whole-number.js';

@Entity({ name: 'stock' })
export class StockEntity {
  @PrimaryColumn('text')
  tenant!: string;

  @PrimaryColumn('text')
  sku!: string;

  @PrimaryColumn('text', { name: 'location_id' })
  locationId!: string;

  @Column('bigint', { name: 'on_hand', transformer: wholeNumber })
  onHand!: number;

  @Column('bigint', { transformer: wholeNumber })
  reserved!: number;

  @Column('bigint', { name: 'in_transit', transformer: wholeNumber })
  inTransit!: number;

  @Column('bigint', { name: 'safety_stock', transformer: wholeNumber })
  safetyStock!: number;

  /** Units on hand that may not leave. */
  @Column('bigint', { transformer: wholeNumber })
  held!: number;

  /** Units on hand that may not leave by what is known of the SKU alone, without what is known of the location. */
  @Column('bigint', { name: 'held_units', transformer: wholeNumber })
  heldUnits!: number;

  /** Counts the changes published on `inventory.atp.v1`. */
  @Column('bigint', { transformer: wholeNumber })
  version!: number;

  @Column('bigint')
  position!: string;

  @Column('timestamptz', { name: 'created_at' })
  createdAt!: Date;

  @Column('timestamptz', { name: 'updated_at' })
  updatedAt!: Date;
}
