import type { ErpMessage, ErpStockMessage } from '@holdfast/contracts';
import { cloudEvent } from '@holdfast/contracts';
import type { OutgoingMessage } from '@holdfast/messaging';
import { entryOf, topicKey } from '../intake/entry.js';

/** The envelope of a message that Holdfast itself puts onto the topic. @param id unique per connection */
export const erpEvent = (tenant: string, message: ErpMessage, id: string, at: number): ErpStockMessage =>
  cloudEvent({
    id,
    source: `urn:holdfast:erp:${message.connectionId}`,
    type: `holdfast.erp.${message.type}.v1`,
    subject: message.sku,
    at,
    tenant,
    data: message,
  });

/** A valid message as it is published. @param now epoch milliseconds */
export const outgoingMessage = (tenant: string, message: ErpMessage, now: number): OutgoingMessage => ({
  key: topicKey(tenant, message.sku),
  value: JSON.stringify(erpEvent(tenant, message, entryOf(tenant, message).commandId, now)),
});
