/** Where units of a SKU lie. */
export interface StockPlace {
  readonly locationId: string;
}

/** So many units at one place. */
export interface Take extends StockPlace {
  readonly quantity: number;
}

/** Why a place was chosen for a take. */
export interface ExplainedTake extends Take {
  readonly because: string;
}
