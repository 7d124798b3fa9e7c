export const BIN_KINDS = ['receiving', 'storage', 'pick', 'overflow', 'quarantine', 'dispatch'] as const;
export type BinKind = (typeof BIN_KINDS)[number];

/** A place inside a location that holds units. */
export interface Bin {
  /** Unique within its location. */
  readonly binId: string;
  readonly kind: BinKind;
  /** Lower numbers are filled, and picked from, first. */
  readonly sequence: number;
  /** Units of all SKUs together; null for no limit. */
  readonly capacityUnits: number | null;
  readonly allowMixedSkus: boolean;
  readonly allowMixedLots: boolean;
  /** Units in other bins are on hand and held. Never true for `quarantine`. */
  readonly sellable: boolean;
  /** SKUs that are put here before any other bin; others come here only where somebody names the bin. Empty: any SKU. */
  readonly fixedSkus: readonly string[];
  /** Nothing is put into it; what lies there stays sellable. */
  readonly blocked: boolean;
}

export const MAX_BINS_PER_LOCATION = 5_000;
export const MAX_BINS = 100_000;
export const MAX_BIN_CAPACITY = 1_000_000_000;
export const MAX_SEQUENCE = 1_000_000;
export const MAX_FIXED_SKUS = 100;

/** A bin of a kind, as it is where nothing more is said. */
export const usualBin = (binId: string, kind: BinKind): Bin => ({
  binId,
  kind,
  sequence: 0,
  capacityUnits: null,
  allowMixedSkus: true,
  allowMixedLots: true,
  sellable: kind !== 'quarantine',
  fixedSkus: [],
  blocked: false,
});

/** Returns the name of the first invalid field; undefined when all are valid. */
export function binFault({ kind, sequence, capacityUnits, sellable, fixedSkus }: Bin): keyof Bin | undefined {
  if (!Number.isInteger(sequence) || sequence < 0 || sequence > MAX_SEQUENCE) return 'sequence';
  if (capacityUnits !== null && !(Number.isInteger(capacityUnits) && capacityUnits >= 0 && capacityUnits <= MAX_BIN_CAPACITY)) {
    return 'capacityUnits';
  }
  if (sellable && kind === 'quarantine') return 'sellable';
  if (fixedSkus.length > MAX_FIXED_SKUS) return 'fixedSkus';
  return undefined;
}

export const sameBin = (one: Bin, other: Bin): boolean =>
  one.binId === other.binId &&
  one.kind === other.kind &&
  one.sequence === other.sequence &&
  one.capacityUnits === other.capacityUnits &&
  one.allowMixedSkus === other.allowMixedSkus &&
  one.allowMixedLots === other.allowMixedLots &&
  one.sellable === other.sellable &&
  one.blocked === other.blocked &&
  one.fixedSkus.length === other.fixedSkus.length &&
  one.fixedSkus.every((sku, index) => sku === other.fixedSkus[index]);

/** The bins with those that were put added or replaced, sorted by sequence, then id. */
export function withBins(known: readonly Bin[], put: readonly Bin[]): readonly Bin[] {
  const bins = new Map(known.map((bin) => [bin.binId, bin]));
  for (const bin of put) bins.set(bin.binId, bin);
  return [...bins.values()].sort(byWalk);
}

/** The order in which somebody walks past the bins: by sequence, then by id. */
export const byWalk = (one: Bin, other: Bin): number =>
  one.sequence - other.sequence || (one.binId < other.binId ? -1 : Number(one.binId > other.binId));
