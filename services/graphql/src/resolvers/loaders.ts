import DataLoader from 'dataloader';
import { listOf, objectOf, textOf } from '../rest/read.js';
import type { Json } from '../rest/json.js';
import type { Rest } from '../rest/rest.js';

/** As many SKUs as the routes take at once. */
const MAX_SKUS = 100;

/** Reads of one request that many fields of its answer need: those of one turn are one call. */
export class Loaders {
  /** Product, stock and promises of a SKU; undefined for an unknown one. */
  readonly levels: DataLoader<string, Json | undefined>;
  /** What each channel was told of a SKU, by channel id. */
  readonly channels: DataLoader<string, Json>;

  constructor(rest: Rest) {
    this.levels = new DataLoader(
      async (skus) => {
        const found = new Map<string, Json>();
        for (const item of listOf(await rest.lookUp('/api/products/inventory-levels', { skus }), 'items'))
          found.set(textOf(item, 'productMasterId'), item);
        return skus.map((sku) => found.get(sku));
      },
      { maxBatchSize: MAX_SKUS },
    );
    this.channels = new DataLoader(
      async (skus) => {
        const found = listOf(await rest.lookUp('/sales-channel/inventory/channels', { skus }), 'items');
        const bySku = new Map(found.map((item) => [textOf(item, 'sku'), objectOf(item['channels'])]));
        return skus.map((sku) => bySku.get(sku) ?? {});
      },
      { maxBatchSize: MAX_SKUS },
    );
  }
}
