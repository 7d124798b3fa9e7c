import type { ErpMessage } from '@holdfast/contracts';
import { checkErpMessage } from '@holdfast/contracts';
import type { RejectReason } from '@holdfast/messaging';
import { isRecord } from '@holdfast/platform';
import { unknownConnection } from '../intake/sort-entries.js';
import { messageFault } from '../intake/message-fault.js';
import type { TenantRouting } from '../routing/routing.js';

export type CheckedMessage =
  { readonly kind: 'valid'; readonly message: ErpMessage } | { readonly kind: 'faulty'; readonly reason: RejectReason };

const TYPES: readonly unknown[] = ['level', 'receipt', 'issue'] satisfies ErpMessage['type'][];

const faulty = (code: string, message: string): CheckedMessage => ({ kind: 'faulty', reason: { code, message } });

/** Checks what a person or a script gave as a message by the schema of the topic. @param now epoch milliseconds */
export function checkMessage(value: unknown, now: number): CheckedMessage {
  if (!isRecord(value)) return faulty('schema_violation', 'must be a JSON object');
  const type = value['type'];
  if (!TYPES.includes(type)) return faulty('unknown_message_type', `type must be one of ${TYPES.join(', ')}`);

  const parsed = checkErpMessage({ ...ENVELOPE, type: `holdfast.erp.${String(type)}.v1`, data: value });
  if (!parsed.ok) return faulty(parsed.code, parsed.message.replaceAll('data.', ''));
  const message = parsed.message.data;
  const fault = messageFault(message, now);
  if (fault !== undefined) return faulty(fault.code, `${fault.field.replace('data.', '')} ${fault.message}`);
  return { kind: 'valid', message };
}

/** Refuses a valid message whose connection does not exist. */
export function connected(checked: CheckedMessage, { connections }: TenantRouting): CheckedMessage {
  if (checked.kind === 'faulty' || connections.has(checked.message.connectionId)) return checked;
  return { kind: 'faulty', reason: unknownConnection(checked.message.connectionId) };
}

// Only the data is in question; the real envelope is written around a valid one.
const ENVELOPE = {
  specversion: '1.0',
  id: 'check',
  source: 'urn:holdfast:check',
  time: '2000-01-01T00:00:00Z',
  datacontenttype: 'application/json',
  tenant: 'check',
} as const;
