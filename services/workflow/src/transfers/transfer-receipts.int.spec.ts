import { eventually, WorkflowUnderTest } from '../../test/workflow.js';

let workflow: WorkflowUnderTest;
beforeAll(async () => {
  workflow = await WorkflowUnderTest.start();
  for (const location of ['BER', 'HAM']) await workflow.location(location);
});
afterAll(() => workflow.stop());

const PATH = '/api/inventory/transfers';
let skus = 0;

/** A SKU with twenty units in Berlin. */
async function stocked(): Promise<string> {
  skus += 1;
  await workflow.record(`SKU-${skus}`, 'BER', 20);
  return `SKU-${skus}`;
}

const act = (id: string, action: string, more: object = {}, key?: string) =>
  workflow.post(`${PATH}/${id}`, { action, ...more }, key === undefined ? {} : { key });

/** A transfer of ten that was shipped. */
async function shipped(sku: string, line: object = {}): Promise<string> {
  const { status, body } = await workflow.post(PATH, {
    fromLocationId: 'BER',
    toLocationId: 'HAM',
    lines: [{ sku, quantity: 10, ...line }],
  });
  if (status !== 201) throw new Error(JSON.stringify(body));
  const id = String(body['id']);
  expect((await act(id, 'ship')).body).toMatchObject({ status: 'in_transit' });
  return id;
}

const figures = async (sku: string) => ({
  berlin: await workflow.onHand(sku, 'BER'),
  way: await workflow.inTransit(sku),
  hamburg: await workflow.onHand(sku, 'HAM'),
});
const holdsOf = async (sku: string): Promise<unknown> => (await workflow.get(`/api/inventory/holds?sku=${sku}`)).body['holds'];

describe('receiving a transfer', () => {
  it('P5: holds what is rejected as it arrives', async () => {
    const sku = await stocked();
    const id = await shipped(sku);
    const { body } = await act(id, 'receive', { lines: [{ sku, quantity: 7, rejected: 3 }] });
    expect(body).toMatchObject({ status: 'received', lines: [{ received: 10, rejected: 3, inTransit: 0 }] });
    expect(await figures(sku)).toEqual({ berlin: 10, way: 0, hamburg: 10 });
    await eventually(async () =>
      expect(await holdsOf(sku)).toMatchObject([{ type: 'damage', locationId: 'HAM', quantityHeld: 3, reference: id, status: 'active' }]),
    );
  });

  it('P7: adds a surplus for a reason, once a receipt', async () => {
    const sku = await stocked();
    const id = await shipped(sku);
    const more = { lines: [{ sku, quantity: 12 }], receiptId: 'r1' };
    expect(await act(id, 'receive', more)).toMatchObject({ status: 409, body: { code: 'quantity_exceeds_open', details: [{ open: 10 }] } });
    const over = { lines: [{ sku, quantity: 12, over: { quantity: 2, reasonCode: 'over_receipt' } }], receiptId: 'r1' };
    expect((await act(id, 'receive', over)).body).toMatchObject({ status: 'received', lines: [{ received: 10, over: 2 }] });
    expect((await act(id, 'receive', over)).status).toBe(200);
    expect(await figures(sku)).toEqual({ berlin: 10, way: 0, hamburg: 12 });
    await eventually(async () =>
      expect((await workflow.get(`/api/inventory/adjustments?sku=${sku}&reasonCode=over_receipt`)).body['adjustments']).toMatchObject([
        { source: 'transfer', documentId: id },
      ]),
    );
  });

  it.each([
    ['a surplus that the figures do not show', { lines: [{ quantity: 10, over: { quantity: 1 } }] }, 409, 'over_differs'],
    ['an unknown reason', { lines: [{ quantity: 11, over: { quantity: 1, reasonCode: 'gremlins' } }] }, 400, 'unknown_reason_code'],
    ['a reason for fewer units', { lines: [{ quantity: 11, over: { quantity: 1, reasonCode: 'scrap' } }] }, 400, 'reason_direction'],
    ['a reason of a close', { reasonCode: 'lost' }, 400, 'validation_failed'],
  ])('refuses %s', async (_, { lines, ...more }: { lines?: readonly object[]; reasonCode?: string }, status, code) => {
    const sku = await stocked();
    const id = await shipped(sku);
    const named = lines === undefined ? {} : { lines: lines.map((line) => ({ sku, ...line })) };
    expect(await act(id, 'receive', { ...named, ...more })).toMatchObject({ status, body: { code } });
    expect(await figures(sku)).toEqual({ berlin: 10, way: 10, hamburg: 0 });
  });
});

describe('closing a transfer', () => {
  it('counts what never came as lost, with the reason', async () => {
    const sku = await stocked();
    const id = await shipped(sku);
    await act(id, 'receive', { lines: [{ sku, quantity: 6 }] });
    expect(await act(id, 'close')).toMatchObject({ status: 400, body: { code: 'validation_failed' } });
    const closed = await act(id, 'close', { reasonCode: 'damaged_in_transit', reason: 'the pallet fell' });
    expect(closed.body).toMatchObject({
      status: 'closed',
      reasonCode: 'damaged_in_transit',
      reason: 'the pallet fell',
      lines: [{ received: 6, lost: 4, inTransit: 0 }],
    });
    expect((await act(id, 'close', { reasonCode: 'lost' })).body).toMatchObject({ status: 'closed', reasonCode: 'damaged_in_transit' });
    expect(await act(id, 'receive')).toMatchObject({ status: 409, body: { code: 'transfer_closed' } });
    expect(await figures(sku)).toEqual({ berlin: 10, way: 0, hamburg: 6 });
  });

  it('is refused before the units left', async () => {
    const sku = await stocked();
    const { body } = await workflow.post(PATH, { fromLocationId: 'BER', toLocationId: 'HAM', lines: [{ sku, quantity: 1 }] });
    expect(await act(String(body['id']), 'close', { reasonCode: 'lost' })).toMatchObject({
      status: 409,
      body: { code: 'transfer_created' },
    });
  });
});

describe('held units', () => {
  const held = async (sku: string, quantity: number): Promise<string> => {
    const { body } = await workflow.post('/api/inventory/holds', {
      sku,
      locationId: 'BER',
      quantity,
      type: 'quality',
      reason: 'seal test',
    });
    return String(body['id']);
  };

  it('travel under their hold and arrive under it', async () => {
    const sku = await stocked();
    const holdId = await held(sku, 10);
    const id = await shipped(sku, { holdId });
    await eventually(async () => expect(await holdsOf(sku)).toMatchObject([{ id: holdId, status: 'in_transit', quantityHeld: 0 }]));
    expect(await workflow.post('/api/inventory/holds/release', { holdId, disposition: 'to_stock' })).toMatchObject({
      status: 409,
      body: { code: 'hold_in_transit' },
    });
    expect((await act(id, 'receive')).body).toMatchObject({ status: 'received' });
    await eventually(async () =>
      expect(await holdsOf(sku)).toMatchObject([
        { id: holdId, status: 'active', locationId: 'HAM', quantityHeld: 10, reason: 'seal test' },
      ]),
    );
  });

  it('stay where their hold is unknown or smaller, and the answer says so before any line that is short', async () => {
    const [sku, scarce] = [await stocked(), await stocked()];
    const holdId = await held(sku, 10);
    const refused = async (line: object) => {
      const lines = [
        { sku: scarce, quantity: 21 },
        { sku, quantity: 10, ...line },
      ];
      const { body } = await workflow.post(PATH, { fromLocationId: 'BER', toLocationId: 'HAM', lines });
      return act(String(body['id']), 'ship');
    };
    const short = { sku: scarce, code: 'insufficient_stock', requested: 21, available: 20 };
    expect(await refused({ holdId: 'hold_none' })).toMatchObject({
      status: 404,
      body: { code: 'unknown_hold', details: [short, { sku, code: 'unknown_hold', locationId: 'BER' }] },
    });
    expect(await refused({ holdId, quantity: 11 })).toMatchObject({
      status: 409,
      body: { code: 'quantity_exceeds_open', details: [short, { sku, code: 'quantity_exceeds_open', requested: 11 }] },
    });
    expect(await figures(sku)).toEqual({ berlin: 20, way: 0, hamburg: 0 });
  });

  it('split where a part is reallocated', async () => {
    const sku = await stocked();
    const holdId = await held(sku, 10);
    const move = (more: object) =>
      workflow.post('/v1/inventory/reallocate', { sku, from_node: 'BER', to_node: 'HAM', quantity: 4, ...more });
    expect((await move({ holdId })).body).toMatchObject({ from_available: 10, to_available: 0 });
    await eventually(async () =>
      expect(await holdsOf(sku)).toMatchObject([
        { locationId: 'HAM', quantity: 4, quantityHeld: 4, reason: 'seal test' },
        { id: holdId, locationId: 'BER', quantity: 6, quantityHeld: 6, status: 'active' },
      ]),
    );
    expect(await move({ holdId: 'hold_none' })).toMatchObject({ status: 404, body: { code: 'unknown_hold' } });
    expect(await move({ holdId, quantity: 7 })).toMatchObject({ status: 409, body: { code: 'quantity_exceeds_open' } });
    expect(await move({ holdId, from_node: 'HAM', to_node: 'BER' })).toMatchObject({ status: 409, body: { code: 'hold_elsewhere' } });
  });
});
