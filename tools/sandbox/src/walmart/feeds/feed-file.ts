import { isRecord, type VendorCall } from '../../http/vendor-call.js';
import { amountOf } from '../inventory/quantity.js';

export type FeedType = 'inventory' | 'MP_INVENTORY';

export interface FeedEntry {
  readonly sku: string;
  readonly nodes: readonly { readonly shipNode: string | undefined; readonly amount: number | undefined }[];
}

export interface Upload {
  readonly name: string;
  readonly content: Buffer;
}

/** The uploaded file; undefined where the body is no multipart form with a part of the name `file`. */
export async function uploadedFile({ headers, body }: VendorCall): Promise<Upload | undefined> {
  const type = headers['content-type'] ?? '';
  if (!type.startsWith('multipart/form-data')) return undefined;
  try {
    const file = (await new Response(body, { headers: { 'content-type': type } }).formData()).get('file');
    if (file === null) return undefined;
    if (typeof file === 'string') return { name: '', content: Buffer.from(file) };
    return { name: file.name, content: Buffer.from(await file.arrayBuffer()) };
  } catch {
    return undefined;
  }
}

/** Entries of a feed file; undefined where it is not of the type's form. The two forms differ in capitals. */
export function feedEntries(type: FeedType, file: Buffer): readonly FeedEntry[] | undefined {
  const content = parsed(file);
  if (!isRecord(content)) return undefined;
  const [header, version, list] = type === 'inventory' ? ['InventoryHeader', '1.4', 'Inventory'] : ['inventoryHeader', '1.5', 'inventory'];
  const head = content[header];
  const entries = content[list];
  if (!isRecord(head) || head['version'] !== version || !Array.isArray(entries)) return undefined;
  return entries.filter(isRecord).map((entry) => ({ sku: String(entry['sku'] ?? ''), nodes: nodesOf(type, entry) }));
}

function nodesOf(type: FeedType, entry: Readonly<Record<string, unknown>>): FeedEntry['nodes'] {
  if (type === 'inventory') return [{ shipNode: undefined, amount: amountOf(entry['quantity']) }];
  const nodes = entry['shipNodes'];
  if (!Array.isArray(nodes)) return [];
  return nodes.filter(isRecord).map((node) => ({ shipNode: String(node['shipNode'] ?? ''), amount: amountOf(node['quantity']) }));
}

function parsed(file: Buffer): unknown {
  try {
    return JSON.parse(file.toString('utf8'));
  } catch {
    return undefined;
  }
}
