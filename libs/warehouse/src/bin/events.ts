/** Events of the space in one bin. Stream `bin-{tenant}.{locationId}.{binId}`; quantities are units. What lies in the bin is in the SKUs' streams. */
export type BinEvent = SpaceClaimed | ClaimMoved | ClaimEnded;

/** Space is kept for units that are on their way into the bin. */
export interface SpaceClaimed {
  readonly type: 'SpaceClaimed';
  readonly claimId: string;
  readonly sku: string;
  readonly lotId?: string;
  readonly units: number;
  /** Moves that the contents, as they were read for this decision, hold already. They take no space of their own any more. */
  readonly seenMoves: readonly string[];
}

/** Units of a claim lie in the bin now. They count here until the contents are known to hold them. */
export interface ClaimMoved {
  readonly type: 'ClaimMoved';
  readonly claimId: string;
  readonly moveId: string;
  readonly units: number;
  /** Of the SKU's stream after the move. */
  readonly skuRevision: number;
}

/** What was open of a claim is free again, and a repeat of the claim takes no space. */
export interface ClaimEnded {
  readonly type: 'ClaimEnded';
  readonly claimId: string;
}
