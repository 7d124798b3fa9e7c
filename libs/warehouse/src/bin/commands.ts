export type BinCommand = ClaimSpace | MoveClaim | EndClaim;

interface Command {
  /** Epoch milliseconds. */
  readonly at: number;
  readonly commandId: string;
}

/** Units of one SKU and lot in a bin. */
export interface BinUnits {
  readonly sku: string;
  readonly lotId?: string;
  readonly units: number;
}

/** What the catalogue says of a bin. */
export interface BinRules {
  readonly capacityUnits: number | null;
  readonly allowMixedSkus: boolean;
  readonly allowMixedLots: boolean;
  readonly blocked: boolean;
}

/** What lies in a bin, and how much of each SKU's stream that reflects. Both come from one reading. */
export interface BinContents {
  readonly units: readonly BinUnits[];
  readonly revisions: readonly { readonly sku: string; readonly revision: number }[];
}

export interface ClaimSpace extends Command {
  readonly type: 'ClaimSpace';
  readonly claimId: string;
  readonly sku: string;
  readonly lotId?: string;
  readonly units: number;
  /** Claims what is free where that is less. */
  readonly mayBePart: boolean;
  /** A person takes responsibility for what does not fit. */
  readonly overCapacity?: boolean;
  readonly rules: BinRules;
  readonly contents: BinContents;
}

/** Reports that units of a claim were moved. */
export interface MoveClaim extends Command {
  readonly type: 'MoveClaim';
  readonly claimId: string;
  readonly moveId: string;
  readonly units: number;
  readonly skuRevision: number;
}

export interface EndClaim extends Command {
  readonly type: 'EndClaim';
  readonly claimId: string;
}
