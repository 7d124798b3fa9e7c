import { answered, Api, eventually, unique, type RunningHoldfast } from '@holdfast/testing';

/** A tenant's small world for one test: two locations, an ERP that names them, a SKU. */
export interface SmallShop {
  readonly api: Api;
  readonly north: string;
  readonly south: string;
  readonly connectionId: string;
  sku(name?: string): string;
  /** The ERP reports an absolute figure, and the read model has seen it. */
  level(sku: string, locationId: string, quantity: number, asOf?: string): Promise<void>;
  /** On hand and reserved of the SKU at a location once the read model has seen `until`. */
  item(sku: string, locationId: string): Promise<Item | undefined>;
}

export interface Item {
  readonly quantityOnHand: number;
  readonly quantityReserved: number;
  readonly quantityAvailable: number;
}

export async function smallShop(holdfast: RunningHoldfast): Promise<SmallShop> {
  const api = new Api(holdfast.url, holdfast.key);
  const [north, south, connectionId] = [unique('NORTH'), unique('SOUTH'), unique('erp')];
  await expectOk(api.post('/api/locations', { locationId: north, name: 'North', kind: 'warehouse', priority: 10 }));
  await expectOk(api.post('/api/locations', { locationId: south, name: 'South', kind: 'warehouse', priority: 20 }));
  const mappings = [north, south].map((locationId) => ({ warehouseId: `W-${locationId}`, locationId }));
  await expectOk(api.put(`/v1/erp/connections/${connectionId}`, { name: 'Test ERP', system: 'test', mappings }));

  const item = async (sku: string, locationId: string): Promise<Item | undefined> => {
    const path = `/api/inventory?productMasterId=${encodeURIComponent(sku)}&locationId=${encodeURIComponent(locationId)}`;
    return (await answered<{ readonly items: readonly Item[] }>(() => api.get(path))).items[0];
  };
  return {
    api,
    north,
    south,
    connectionId,
    sku: (name = 'SKU') => unique(name),
    item,
    async level(sku, locationId, quantity, asOf = new Date().toISOString()) {
      const message = { type: 'level', messageId: unique('level'), connectionId, warehouseId: `W-${locationId}`, sku, quantity, asOf };
      await expectOk(api.post('/v1/erp/messages', { messages: [message] }));
      await eventually(
        () => item(sku, locationId),
        (found) => found !== undefined,
      );
    },
  };
}

async function expectOk(answer: Promise<{ status: number; body: unknown }>): Promise<void> {
  const { status, body } = await answer;
  if (status >= 300) throw new Error(`${String(status)} ${JSON.stringify(body)}`);
}
