import type { IncomingMessage, RejectReason } from '@holdfast/messaging';
import { parseErpMessage } from '@holdfast/contracts';
import type { Entry } from './entry.js';
import { entryOf, topicKey } from './entry.js';
import { messageFault } from './message-fault.js';

export type Reading =
  | { readonly kind: 'entry'; readonly entry: Entry }
  /** Valid, but under a key that does not keep the order of its SKU. */
  | { readonly kind: 'misplaced'; readonly key: string }
  | { readonly kind: 'faulty'; readonly reason: RejectReason };

/** Reads one message of the topic. @param now epoch milliseconds */
export function readMessage(incoming: IncomingMessage, now: number): Reading {
  const parsed = parseErpMessage(incoming.value);
  if (!parsed.ok) return { kind: 'faulty', reason: { code: parsed.code, message: parsed.message } };
  const { tenant, data } = parsed.message;
  const fault = messageFault(data, now);
  if (fault !== undefined) return { kind: 'faulty', reason: { code: fault.code, message: `${fault.field} ${fault.message}` } };
  const key = topicKey(tenant, data.sku);
  return incoming.key === key ? { kind: 'entry', entry: entryOf(tenant, data) } : { kind: 'misplaced', key };
}
