import { eventually, unique, type Api } from '@holdfast/testing';

export interface Stock {
  readonly skus: readonly string[];
  readonly connectionId: string;
  readonly warehouseId: string;
}

/** Registers a location with an ERP connection and receives units of new SKUs there. */
export async function stock(api: Api, { skus: count, units }: { readonly skus: number; readonly units: number }): Promise<Stock> {
  const [locationId, connectionId, warehouseId] = [unique('SHELF'), unique('erp'), 'W'];
  const skus = Array.from({ length: count }, () => unique('SKU'));
  const expectOk = async (answer: ReturnType<Api['post']>): Promise<void> => {
    const { status, body } = await answer;
    if (status >= 300) throw new Error(`${String(status)} ${JSON.stringify(body)}`);
  };
  await expectOk(api.post('/api/locations', { locationId, name: 'Shelf', kind: 'warehouse', priority: 1 }));
  const mappings = [{ warehouseId, locationId }];
  await expectOk(api.put(`/v1/erp/connections/${connectionId}`, { name: 'ERP of the rounds', system: 'test', mappings }));
  const asOf = new Date().toISOString();
  const messages = skus.map((sku) => ({ type: 'level', messageId: unique('m'), connectionId, warehouseId, sku, quantity: units, asOf }));
  await expectOk(api.post('/v1/erp/messages', { messages }));
  for (const sku of skus)
    await eventually(
      () => api.get(`/api/inventory?productMasterId=${encodeURIComponent(sku)}`),
      ({ body }) => (body as { items?: unknown[] }).items?.length === 1,
    );
  return { skus, connectionId, warehouseId };
}
