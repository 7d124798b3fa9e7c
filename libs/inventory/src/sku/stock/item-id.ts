/** An inventory item: a SKU at a location. */
export interface ItemPlace {
  readonly sku: string;
  readonly locationId: string;
}

const SEPARATOR = '~';
/** Replaces the separator within a part; no SKU and no location may contain it. */
const ESCAPED = '!';

const escaped = (part: string): string => part.replaceAll(SEPARATOR, ESCAPED);
const unescaped = (part: string): string => part.replaceAll(ESCAPED, SEPARATOR);

/** Id of an inventory item: `<sku>~<locationId>`, each `~` within them written as `!`. */
export const itemId = (sku: string, locationId: string): string => `${escaped(sku)}${SEPARATOR}${escaped(locationId)}`;

const encoded = (part: string): string => encodeURIComponent(part).replaceAll(SEPARATOR, '%7E');

/** Id of a position: its parts percent-encoded, empty where it has no lot or no bin. */
export const positionId = (sku: string, locationId: string, lotId: string, binId: string): string =>
  [sku, locationId, lotId, binId].map(encoded).join(SEPARATOR);

/**
 * The items that an id may name; none if it is no valid id. An id of today names one item. Ids were once made without escaping: such an id
 * with several separators may be cut at each of them, and the longest SKU comes first.
 */
export function itemsOfId(id: string): readonly ItemPlace[] {
  const parts = id.split(SEPARATOR);
  const cuts = parts.slice(1).map((_, index) => ({
    sku: parts.slice(0, index + 1).join(SEPARATOR),
    locationId: parts.slice(index + 1).join(SEPARATOR),
  }));
  return cuts
    .reverse()
    .map(({ sku, locationId }) => ({ sku: unescaped(sku), locationId: unescaped(locationId) }))
    .filter(({ sku, locationId }) => sku !== '' && locationId !== '');
}
