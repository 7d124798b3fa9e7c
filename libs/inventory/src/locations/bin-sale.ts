import type { Bin } from './bins.js';
import type { Location } from './events.js';

/** Whether units that lie in the bin may be promised. */
export const isForSale = ({ sellableBeforePutAway = true }: Pick<Location, 'sellableBeforePutAway'>, { kind, sellable }: Bin): boolean =>
  sellable && (kind !== 'receiving' || sellableBeforePutAway);

/** A bin that units lie in once they arrived. */
export interface ArrivalBin {
  readonly binId: string;
  readonly sellable: boolean;
}

/**
 * The bin that receipts come into which name none. Only a location whose goods are not for sale before they are put away needs one: its first
 * receiving bin. Without such a bin nothing tells received units from others, and they are for sale.
 */
export function arrivalBin(location: Pick<Location, 'sellableBeforePutAway' | 'bins'> | undefined): ArrivalBin | undefined {
  if (location?.sellableBeforePutAway !== false) return undefined;
  const bin = location.bins?.find(({ kind }) => kind === 'receiving');
  return bin && { binId: bin.binId, sellable: false };
}
