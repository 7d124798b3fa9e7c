import type { ErpMessage } from '@holdfast/contracts';
import { entryOf } from './entry.js';

describe('an ERP message on its way', () => {
  const message: ErpMessage = {
    type: 'level',
    messageId: 'm-1',
    connectionId: 'sap',
    warehouseId: 'W1',
    sku: 'SKU-1',
    quantity: 7,
    asOf: '2026-01-02T03:04:05Z',
  };

  it('has an id and a hash that stay as they are: the inbox holds them for 90 days', () => {
    expect(entryOf('acme', message)).toMatchObject({
      commandId: '0f7eb989-e996-886b-ba89-28466775bb15',
      bodyHash: '6a755f99d13f2c165260d18289ce3c91',
    });
  });

  it('is the same with its fields in another order, and another with another figure', () => {
    const { asOf, ...rest } = message as ErpMessage & { readonly asOf: string };
    expect(entryOf('acme', { asOf, ...rest } as ErpMessage).bodyHash).toBe(entryOf('acme', message).bodyHash);
    expect(entryOf('acme', { ...message, quantity: 8 }).bodyHash).not.toBe(entryOf('acme', message).bodyHash);
  });
});
