/** What tells one figure of an ERP from another. */
export interface Place {
  readonly sku: string;
  /** `plant/storage location` of SAP, warehouse of Protheus, `CNPJ/depot` of Linx. */
  readonly warehouse: string;
  readonly batch?: string;
  /** SAP's stock type: 01 may be sold, 02 is in inspection, 07 is blocked. */
  readonly stockType?: string;
  /** SAP's special stock: empty for a company's own. */
  readonly specialStock?: string;
}

export interface Figures {
  /** Decimal with a point. */
  readonly quantity: string;
  readonly reserved: string;
  readonly unit: string;
}

/** One figure as the ERP keeps it. */
export interface StockRow extends Required<Place>, Figures {
  /** Epoch milliseconds of the last posting. */
  readonly changedAt: number;
}

const OWN_STOCK = { batch: '', stockType: '01', specialStock: '' } as const;

export const wholePlace = (place: Place): Required<Place> => ({ ...OWN_STOCK, ...place });

/** Sorts as SAP's key does: material, plant and storage location, batch, special stock, stock type. */
export const keyOf = ({ sku, warehouse, batch, specialStock, stockType }: Required<Place>): string =>
  [sku, warehouse, batch, specialStock, stockType].join('\u0001');
