import type { OutgoingMessage } from '@holdfast/messaging';

export const ERP_CONNECTION = 'bench';
export const ERP_WAREHOUSE = '1';

/** A figure that an ERP tells of a SKU, as it comes on `erp.stock.v1`. */
export function levelMessage(tenant: string, messageId: string, sku: string, quantity: number, asOf: number): OutgoingMessage {
  const time = new Date(asOf).toISOString();
  const data = { type: 'level', messageId, connectionId: ERP_CONNECTION, warehouseId: ERP_WAREHOUSE, sku, quantity, asOf: time };
  const envelope = {
    specversion: '1.0',
    id: messageId,
    source: 'bench',
    type: 'holdfast.erp.level.v1',
    time,
    datacontenttype: 'application/json',
    tenant,
  };
  return { key: `${tenant}|${sku}`, value: JSON.stringify({ ...envelope, data }) };
}
