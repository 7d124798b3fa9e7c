import { byWalk, type Bin } from '@holdfast/inventory';
import { freeUnits, mixingFault, type BinUnits } from '../bin/index.js';

/** A bin with what lies in it and what is on its way there. */
export interface BinSituation {
  readonly bin: Bin;
  readonly contents: readonly BinUnits[];
  readonly claims: readonly BinUnits[];
}

export interface Goods {
  readonly sku: string;
  readonly lotId?: string;
  readonly quantity: number;
  /** Where they lie now; never suggested. */
  readonly fromBinId?: string;
  /** The caller named the bin. */
  readonly toBinId?: string;
}

export const PLACEMENT_REASONS = [
  'named by the caller',
  'fixed bin of the SKU',
  'same SKU and lot',
  'same SKU, other lot',
  'empty',
  'mixed',
  'overflow',
] as const;
export type PlacementReason = (typeof PLACEMENT_REASONS)[number];

export interface Placement {
  readonly binId: string;
  readonly quantity: number;
  readonly because: PlacementReason;
}

export interface Placed {
  readonly lines: readonly Placement[];
  /** Units that no bin has space for. */
  readonly unplaced: number;
}

/**
 * Looks for bins, in this order of reasons: named by the caller; fixed for the SKU; holding the same SKU and lot; the same SKU of another
 * lot; empty with nothing on its way; shared with other SKUs; overflow. Within a reason by sequence, then most free, then id. A bin is
 * filled before the next one is looked at.
 */
export function placeGoods(situations: readonly BinSituation[], goods: Goods): Placed {
  const { toBinId, quantity } = goods;
  if (toBinId !== undefined) return { lines: [{ binId: toBinId, quantity, because: 'named by the caller' }], unplaced: 0 };
  const lines: Placement[] = [];
  let left = quantity;
  for (const { binId, because, free } of candidates(situations, goods)) {
    if (left === 0) break;
    const units = Math.min(left, free);
    lines.push({ binId, quantity: units, because });
    left -= units;
  }
  return { lines, unplaced: left };
}

interface Candidate {
  readonly binId: string;
  readonly because: PlacementReason;
  readonly free: number;
}

function candidates(situations: readonly BinSituation[], goods: Goods): readonly Candidate[] {
  const found = situations.flatMap((situation) => {
    const { bin, contents, claims } = situation;
    const taken = [...contents, ...claims];
    const free = freeUnits(bin, taken);
    if (free <= 0 || bin.binId === goods.fromBinId || mixingFault(bin, taken, goods) !== undefined) return [];
    const because = reasonFor(bin, taken, goods);
    return because === undefined ? [] : [{ bin, because, free }];
  });
  found.sort(
    (one, other) =>
      PLACEMENT_REASONS.indexOf(one.because) - PLACEMENT_REASONS.indexOf(other.because) ||
      one.bin.sequence - other.bin.sequence ||
      compareFree(one.free, other.free) ||
      byWalk(one.bin, other.bin),
  );
  return found.map(({ bin, because, free }) => ({ binId: bin.binId, because, free }));
}

/** Most first; the difference of two bins without a limit is no number. */
const compareFree = (one: number, other: number): number => (one === other ? 0 : other - one);

function reasonFor(bin: Bin, taken: readonly BinUnits[], { sku, lotId }: Goods): PlacementReason | undefined {
  if (bin.fixedSkus.includes(sku)) return 'fixed bin of the SKU';
  if (bin.fixedSkus.length > 0 || !bin.sellable) return undefined;
  if (bin.kind === 'overflow') return 'overflow';
  if (bin.kind !== 'storage' && bin.kind !== 'pick') return undefined;
  const there = taken.filter(({ units }) => units > 0);
  if (there.length === 0) return 'empty';
  const same = there.filter((each) => each.sku === sku);
  if (same.some((each) => each.lotId === lotId)) return 'same SKU and lot';
  return same.length > 0 ? 'same SKU, other lot' : 'mixed';
}
