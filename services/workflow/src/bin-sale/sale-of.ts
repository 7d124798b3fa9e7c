import { isForSale, type Location } from '@holdfast/inventory';

/** What a command says of the bin that units come into; nothing where the catalogue has no such bin. */
export function saleOf(location: Location | undefined, binId: string | undefined): { readonly sellable?: boolean } {
  const bin = binId === undefined ? undefined : location?.bins?.find((each) => each.binId === binId);
  return location === undefined || bin === undefined ? {} : { sellable: isForSale(location, bin) };
}
