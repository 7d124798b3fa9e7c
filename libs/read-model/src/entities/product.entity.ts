import { Column, Entity, PrimaryColumn } from 'typeorm';
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

  /** False while only an ERP event has named the SKU. */
  @Column('boolean')
  verified!: boolean;

  @Column('bigint')
  position!: string;

  @Column('timestamptz', { name: 'created_at' })
  createdAt!: Date;

  @Column('timestamptz', { name: 'updated_at' })
  updatedAt!: Date;
}
