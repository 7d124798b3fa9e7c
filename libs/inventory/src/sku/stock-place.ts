/** So many units at one location. */
export interface Take {
  readonly locationId: string;
  readonly quantity: number;
}

/** Why a location was chosen for a take. */
export interface ExplainedTake extends Take {
  readonly because: string;
}
