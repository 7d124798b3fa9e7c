import type { ErpMessage, ErpStockMessage } from '@holdfast/contracts';
import { cloudEvent } from '@holdfast/contracts';

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
