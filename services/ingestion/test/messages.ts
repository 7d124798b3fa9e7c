import type { ErpIssue, ErpLevel, ErpMessage, ErpReceipt } from '@holdfast/contracts';
import type { IncomingMessage } from '@holdfast/messaging';
import { erpEvent } from '../src/erp-http/erp-event.js';
import { topicKey } from '../src/intake/entry.js';

export const NOON = Date.parse('2026-03-01T12:00:00Z');

const base = { connectionId: 'sap', warehouseId: '0001', sku: 'TEE' };

export const level = (messageId: string, given: Partial<ErpLevel> = {}): ErpLevel => ({
  type: 'level',
  messageId,
  ...base,
  quantity: 10,
  asOf: '2026-03-01T12:00:00Z',
  ...given,
});

export const receipt = (messageId: string, given: Partial<ErpReceipt> = {}): ErpReceipt => ({
  type: 'receipt',
  messageId,
  ...base,
  quantity: 10,
  postedAt: '2026-03-01T12:00:00Z',
  ...given,
});

export const issue = (messageId: string, given: Partial<ErpIssue> = {}): ErpIssue => ({
  type: 'issue',
  messageId,
  ...base,
  quantity: 1,
  postedAt: '2026-03-01T12:00:00Z',
  ...given,
});

export const onTopic = (tenant: string, message: ErpMessage): { readonly key: string; readonly value: string } => ({
  key: topicKey(tenant, message.sku),
  value: JSON.stringify(erpEvent(tenant, message, message.messageId, NOON)),
});

export const incoming = (key: string, value: string | null): IncomingMessage => ({
  topic: 'erp.stock.v1',
  partition: 0,
  offset: '0',
  key,
  value,
  timestamp: NOON,
  headers: {},
});
