/** The stock of an ERP as a poll reads it. */
export interface ReadStock {
  readonly figures: readonly { readonly sku: string; readonly warehouseId: string; readonly figure: number }[];
  /** Epoch milliseconds: the figures contain what was posted until then, and nothing later. */
  readonly asOf: number;
}
