import type { Pool } from 'pg';
import type { SkuState } from '@holdfast/inventory';
import type { RowSource } from '../fold/row-source.js';
import { skuStateBefore } from './sku-history.js';
import type { StreamReader } from './sku-history.js';
import { StoredRows } from './stored-rows.js';

/** What the fold reads: rows of the tables, and streams of SKUs with limits. */
export class FoldSource extends StoredRows implements RowSource {
  constructor(
    pool: Pool,
    schema: string,
    private readonly log: StreamReader,
  ) {
    super(pool, schema);
  }

  stateBefore(tenant: string, sku: string, revision: number): Promise<SkuState> {
    return skuStateBefore(this.log, tenant, sku, revision);
  }
}
