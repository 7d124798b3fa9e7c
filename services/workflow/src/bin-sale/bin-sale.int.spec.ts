import { randomUUID } from 'node:crypto';
import { usualBin, type Bin, type BinKind } from '@holdfast/inventory';
import { eventually, WorkflowUnderTest } from '../../test/workflow.js';

let workflow: WorkflowUnderTest;
let places = 0;
let skus = 0;

beforeAll(async () => (workflow = await WorkflowUnderTest.start()));
afterAll(() => workflow.stop());

const bin = (binId: string, more: Partial<Bin> = {}, kind: BinKind = 'storage'): Bin => ({ ...usualBin(binId, kind), ...more });

async function catalogue(type: string, data: object): Promise<void> {
  const stream = 'locations-demo';
  const known = await workflow.runtime.eventStore.readStream(stream);
  const metadata = { tenant: 'demo', at: Date.now(), commandId: randomUUID() };
  await workflow.runtime.eventStore.append(stream, known.length - 1, [{ id: randomUUID(), type, data, metadata }]);
}

const binsSet = (locationId: string, ...bins: readonly Bin[]) => catalogue('BinsSet.v1', { locationId, bins });

/** A location of its own, so that bins of other tests do not matter. */
async function locationWith(...bins: readonly Bin[]): Promise<string> {
  const locationId = `L-${(places += 1)}`;
  await workflow.location(locationId);
  await binsSet(locationId, ...bins);
  return locationId;
}

const newSku = (): string => `SKU-${(skus += 1)}`;

/** On hand and held units. */
async function stock(sku: string, locationId: string): Promise<readonly number[]> {
  const { onHand = 0, held = 0 } = (await workflow.runtime.ledger.read({ tenant: 'demo', sku })).state.balances.get(locationId) ?? {};
  return [onHand, held];
}

const recordStock = (sku: string, locationId: string, ...lines: readonly object[]) =>
  workflow.post('/api/inventory/adjustments/record-stock', { sku, locationId, lines });

describe('what comes into a bin that is not for sale', () => {
  it('is held: recorded, adjusted, and assigned to a lot there', async () => {
    const at = await locationWith(bin('Q-01', {}, 'quarantine'), bin('A-01'));
    const sku = newSku();
    const recorded = await recordStock(sku, at, { binId: 'Q-01', quantity: 3 }, { binId: 'A-01', quantity: 2 });
    expect(recorded).toMatchObject({ status: 200, body: { item: { quantityOnHand: 5, quantityAvailable: 2 } } });
    const adjusted = await workflow.post('/api/inventory/adjustments', {
      locationId: at,
      reasonCode: 'found',
      lines: [{ sku, binId: 'Q-01', delta: 4 }],
    });
    expect(adjusted).toMatchObject({ status: 201, body: { lines: [{ quantityOnHand: 9, quantityAvailable: 2 }] } });
    await workflow.stock(sku, { type: 'ReceiveStock', locationId: at, quantity: 6, effectiveAt: Date.now(), messageId: randomUUID() });
    const assign = { type: 'assign', sku, locationId: at, lotId: 'B', quantity: 10, binId: 'Q-01' };
    expect(await workflow.post('/api/inventory/adjustments/lot-correction', assign)).toMatchObject({ status: 201 });
    expect(await stock(sku, at)).toEqual([15, 10]);
  });

  it('is held on receipt where goods are not for sale before they are put away', async () => {
    const at = await locationWith(bin('REC', {}, 'receiving'), bin('A-01'));
    const facts = { locationId: at, name: at, kind: 'warehouse', priority: 100 };
    await catalogue('LocationChanged.v1', { ...facts, sellableBeforePutAway: false });
    const source = await locationWith();
    const sku = newSku();
    await workflow.record(sku, source, 10);
    const lines = [{ sku, quantity: 10 }];
    const sent = await workflow.post('/api/inventory/transfers', { fromLocationId: source, toLocationId: at, lines });
    const path = `/api/inventory/transfers/${String(sent.body['id'])}`;
    await workflow.post(path, { action: 'ship' });
    const got = await workflow.post(path, { action: 'receive', lines });
    expect(got.status).toBe(200);
    expect(await stock(sku, at)).toEqual([10, 10]);
    const putAway = await workflow.post('/api/inventory/put-away', {
      locationId: at,
      fromBinId: 'REC',
      items: [{ sku, quantity: 10, toBinId: 'A-01' }],
    });
    const [task] = putAway.body['tasks'] as readonly { id: string }[];
    await workflow.post('/api/inventory/put-away', { taskId: task?.id, action: 'complete' });
    expect(await stock(sku, at)).toEqual([10, 0]);
  });
});

describe('a bin with contents of which the catalogue says something else', () => {
  it('is told to every SKU in it, also where the service was stopped in between, and told back', async () => {
    const at = await locationWith(bin('A-01'), bin('A-02'));
    const mine = [newSku(), newSku(), newSku()];
    for (const sku of mine) await recordStock(sku, at, { binId: 'A-01', quantity: 4 }, { binId: 'A-02', quantity: 1 });
    const held = () => Promise.all(mine.map((sku) => stock(sku, at)));
    await binsSet(at, bin('A-01', { sellable: false }));
    await eventually(async () => expect(await held()).toEqual(mine.map(() => [5, 4])));
    await workflow.restart(() => binsSet(at, bin('A-01')));
    await eventually(async () => expect(await held()).toEqual(mine.map(() => [5, 0])));
  });

  it('is also told where receiving bins are not for sale any more', async () => {
    const at = await locationWith(bin('REC', {}, 'receiving'));
    const sku = newSku();
    await recordStock(sku, at, { binId: 'REC', quantity: 4 });
    expect(await stock(sku, at)).toEqual([4, 0]);
    const facts = { locationId: at, name: at, kind: 'warehouse', priority: 100 };
    await catalogue('LocationChanged.v1', { ...facts, sellableBeforePutAway: false });
    await eventually(async () => expect(await stock(sku, at)).toEqual([4, 4]));
    await catalogue('LocationChanged.v1', facts);
    await eventually(async () => expect(await stock(sku, at)).toEqual([4, 0]));
  });
});
