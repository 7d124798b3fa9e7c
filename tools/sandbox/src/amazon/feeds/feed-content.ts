import { gunzipSync } from 'node:zlib';
import { isRecord } from '../../http/vendor-call.js';
import { patchesOf, type Patch } from '../shop/patching.js';

export interface FeedMessage {
  readonly messageId: number;
  readonly sku: string;
  readonly productType: string;
  /** A text where the message itself is malformed. */
  readonly patches: readonly Patch[] | string;
}

export const MAX_MESSAGES = 25_000;

/** The messages of a listings feed; undefined where the document as a whole cannot be worked on, which ends its feed as FATAL. */
export function messagesOf(content: Buffer, sellerId: string): readonly FeedMessage[] | undefined {
  const document = parsed(content);
  if (!isRecord(document) || !isRecord(document['header'])) return undefined;
  if (document['header']['sellerId'] !== sellerId || document['header']['version'] !== '2.0') return undefined;
  const messages = document['messages'];
  if (!Array.isArray(messages) || messages.length === 0 || messages.length > MAX_MESSAGES) return undefined;
  const read: FeedMessage[] = [];
  const seen = new Set<number>();
  for (const message of messages as readonly unknown[]) {
    if (!isRecord(message)) return undefined;
    const { messageId, sku, productType } = message;
    if (!Number.isInteger(messageId) || (messageId as number) < 1 || typeof sku !== 'string' || seen.has(messageId as number))
      return undefined;
    seen.add(messageId as number);
    read.push({
      messageId: messageId as number,
      sku,
      productType: typeof productType === 'string' ? productType : '',
      patches: changesOf(message),
    });
  }
  return read;
}

function parsed(content: Buffer): unknown {
  try {
    const text = content[0] === 0x1f && content[1] === 0x8b ? gunzipSync(content) : content;
    return JSON.parse(text.toString('utf8'));
  } catch {
    return undefined;
  }
}

/** A partial update is a patch that replaces each attribute given. */
function changesOf(message: Readonly<Record<string, unknown>>): readonly Patch[] | string {
  if (typeof message['productType'] !== 'string') return "'productType' is required but not supplied.";
  if (message['operationType'] === 'PATCH') return patchesOf(message['patches']);
  const attributes = message['attributes'];
  if (message['operationType'] === 'PARTIAL_UPDATE' && isRecord(attributes))
    return patchesOf(Object.entries(attributes).map(([name, value]) => ({ op: 'replace', path: `/attributes/${name}`, value })));
  return 'The simulator takes the operations PATCH and PARTIAL_UPDATE.';
}
