import { IsListOf, IsQuantity, IsSku, MAX_BULK_LINES } from '@holdfast/platform';

export class SyncItem {
  @IsSku()
  readonly sku!: string;

  @IsQuantity({ min: 0, optional: true, description: "Taken for compatibility and compared: what goes out is always the channel's ATP" })
  readonly quantity?: number;
}

export class SyncRequest {
  @IsListOf(() => SyncItem, {
    min: 0,
    max: MAX_BULK_LINES,
    optional: true,
    description: 'SKUs to push; all mapped ones when left out or empty',
  })
  readonly items?: SyncItem[];
}
