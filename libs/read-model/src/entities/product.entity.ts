import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { ChannelBounds, ProductUnit } from '@holdfast/inventory';
import { wholeNumber } from './whole-number.js';

@Entity({ name: 'products' })
export class ProductEntity {
  @PrimaryColumn('text')
  tenant!: string;

  @PrimaryColumn('text')
  sku!: string;

  @Column('text', { nullable: true })
  name!: string | null;

  @Column('text', { nullable: true })
  category!: string | null;

  @Column('text', { nullable: true })
  barcode!: string | null;

  @Column('text', { name: 'brand_id', nullable: true })
  brandId!: string | null;

  /** Cost of one unit in minor units of the tenant's currency. */
  @Column('bigint', { name: 'cost_minor', nullable: true, transformer: wholeNumber })
  costMinor!: number | null;

  @Column('bigint', { name: 'low_stock_threshold', nullable: true, transformer: wholeNumber })
  lowStockThreshold!: number | null;

  /** Days before its expiry date that a lot is taken off sale; null for none. */
  @Column('integer', { name: 'removal_days', nullable: true })
  removalDays!: number | null;

  /** How lots are kept: none, optional, required. */
  @Column('text', { name: 'lot_control' })
  lotControl!: string;

  /** False while only an ERP event has named the SKU. */
  @Column('boolean')
  verified!: boolean;

  /** Units of measure that hold more or less than one unit of stock; null for none. */
  @Column('jsonb', { nullable: true })
  units!: readonly ProductUnit[] | null;

  /** What each channel may promise at most, over all locations; null for a SKU without limits. */
  @Column('jsonb', { nullable: true })
  limits!: ChannelBounds | null;

  @Column('bigint')
  position!: string;

  @Column('timestamptz', { name: 'created_at' })
  createdAt!: Date;

  @Column('timestamptz', { name: 'updated_at' })
  updatedAt!: Date;
}
