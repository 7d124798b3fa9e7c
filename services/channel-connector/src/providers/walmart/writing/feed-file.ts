import type { ListingWrite } from '../../write.js';

export type FeedType = 'inventory' | 'MP_INVENTORY';

/** Largest file of a feed, with room for the form around it. */
const MOST_BYTES: Readonly<Record<FeedType, number>> = { inventory: 10_000_000, MP_INVENTORY: 1_000_000 };
const MOST_ENTRIES = 10_000;

const each = (amount: number) => ({ unit: 'EACH', amount });

export interface FeedFile {
  readonly type: FeedType;
  readonly writes: readonly ListingWrite[];
  readonly content: string;
}

/** Where ship nodes are mapped the feed names them; else it is of the seller's only node. */
export const feedTypeOf = (writes: readonly ListingWrite[]): FeedType =>
  writes.some(({ parts }) => parts.length > 0) ? 'MP_INVENTORY' : 'inventory';

/** Puts writes into as few files as their size allows, in their order. The two types differ in capitals. */
export function feedFiles(type: FeedType, writes: readonly ListingWrite[]): readonly FeedFile[] {
  const files: FeedFile[] = [];
  let chosen: ListingWrite[] = [];
  let entries: string[] = [];
  let bytes = 0;
  const close = (): void => {
    if (chosen.length > 0) files.push({ type, writes: chosen, content: wrapped(type, entries) });
    chosen = [];
    entries = [];
    bytes = 0;
  };
  for (const write of writes) {
    const entry = JSON.stringify(entryOf(type, write));
    const length = Buffer.byteLength(entry) + 1;
    if (bytes + length > MOST_BYTES[type] - 1_000 || chosen.length >= MOST_ENTRIES) close();
    chosen.push(write);
    entries.push(entry);
    bytes += length;
  }
  close();
  return files;
}

const entryOf = (type: FeedType, { listingId, quantity, parts }: ListingWrite): object =>
  type === 'inventory'
    ? { sku: listingId, quantity: each(quantity) }
    : { sku: listingId, shipNodes: parts.map((part) => ({ shipNode: part.remoteId, quantity: each(part.quantity) })) };

const wrapped = (type: FeedType, entries: readonly string[]): string =>
  type === 'inventory'
    ? `{"InventoryHeader":{"version":"1.4"},"Inventory":[${entries.join(',')}]}`
    : `{"inventoryHeader":{"version":"1.5"},"inventory":[${entries.join(',')}]}`;

/** The file as a multipart form. @param name made for this feed alone: a feed whose answer was lost is found by it */
export function formOf(name: string, content: string): { readonly type: string; readonly bytes: Buffer } {
  const boundary = `holdfast-${name}`;
  const head = `--${boundary}\r\ncontent-disposition: form-data; name="file"; filename="${name}"\r\ncontent-type: application/json\r\n\r\n`;
  return { type: `multipart/form-data; boundary=${boundary}`, bytes: Buffer.from(`${head}${content}\r\n--${boundary}--\r\n`) };
}
