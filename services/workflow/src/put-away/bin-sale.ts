import type { Bin, Location } from '@holdfast/inventory';

/** Whether units that lie in the bin may be promised. */
export const isForSale = ({ sellableBeforePutAway = true }: Location, { kind, sellable }: Bin): boolean =>
  sellable && (kind !== 'receiving' || sellableBeforePutAway);
