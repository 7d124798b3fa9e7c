import { hash } from 'node:crypto';
import type { ErpMessage } from '@holdfast/contracts';
import { uuidOf } from '@holdfast/kit';

/** An ERP message on its way to the ledger. */
export interface Entry {
  readonly tenant: string;
  readonly message: ErpMessage;
  /** The same for the same message of a connection, however often it comes, and by the topic or over HTTP. */
  readonly commandId: string;
  /** Hex. Tells a repeat from another message under the same id. */
  readonly bodyHash: string;
}

const HASH_HEX_DIGITS = 32;

export function entryOf(tenant: string, message: ErpMessage): Entry {
  // Only the message's id may hold a bar, and it comes last: no two messages share the text.
  return { tenant, message, commandId: uuidOf(`${tenant}|${message.connectionId}|${message.messageId}`), bodyHash: hashOf(message) };
}

/** Key of a message on the topic: all of a SKU lie in one partition, in order. */
export const topicKey = (tenant: string, sku: string): string => `${tenant}|${sku}`;

// Fields by name: the same message written in another order is the same.
const hashOf = (message: ErpMessage): string =>
  hash('sha256', JSON.stringify(Object.entries(message).sort(([left], [right]) => (left < right ? -1 : 1)))).slice(0, HASH_HEX_DIGITS);
