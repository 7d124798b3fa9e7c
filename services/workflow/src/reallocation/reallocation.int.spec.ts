import { WorkflowUnderTest } from '../../test/workflow.js';

let workflow: WorkflowUnderTest;
const PATH = '/v1/inventory/reallocate';
const SKU = 'WRA-TEX-001';

beforeAll(async () => {
  workflow = await WorkflowUnderTest.start();
  await workflow.location('WH_SP_01');
  await workflow.location('WH_RJ_02');
});
afterAll(() => workflow.stop());
beforeEach(async () => {
  await workflow.record(SKU, 'WH_SP_01', 800);
  await workflow.record(SKU, 'WH_RJ_02', 0);
});

const request = { sku: SKU, from_node: 'WH_SP_01', to_node: 'WH_RJ_02', quantity: 500 };
const figures = async () => [await workflow.onHand(SKU, 'WH_SP_01'), await workflow.onHand(SKU, 'WH_RJ_02')];

describe('reallocating', () => {
  it('moves virtual stock at once', async () => {
    const { status, body, position } = await workflow.post(PATH, request);
    expect(status).toBe(200);
    expect(body).toMatchObject({ ...request, from_available: 300, to_available: 500 });
    expect(position).toMatch(/^\d+$/);
    expect(await figures()).toEqual([300, 500]);
  });

  it('moves once under the same key', async () => {
    const first = await workflow.post(PATH, request, { key: 'move-1' });
    expect(await workflow.post(PATH, request, { key: 'move-1' })).toMatchObject({ status: 200, body: first.body });
    expect(await figures()).toEqual([300, 500]);
    expect(await workflow.post(PATH, { ...request, quantity: 1 }, { key: 'move-1' })).toMatchObject({
      status: 422,
      body: { code: 'idempotency_key_reused' },
    });
  });

  it('refuses more than is free and says how much is', async () => {
    expect(await workflow.post(PATH, { ...request, quantity: 801 })).toMatchObject({
      status: 409,
      body: { code: 'insufficient_stock', details: [{ sku: SKU, from_node: 'WH_SP_01', requested: 801, available: 800 }] },
    });
    expect(await figures()).toEqual([800, 0]);
  });

  it.each<[string, object | string, number, string]>([
    ['malformed JSON', '{', 400, 'malformed_json'],
    ['no quantity', { sku: SKU, from_node: 'WH_SP_01', to_node: 'WH_RJ_02' }, 400, 'validation_failed'],
    ['nothing to move', { ...request, quantity: 0 }, 400, 'validation_failed'],
    ['half a unit', { ...request, quantity: 1.5 }, 400, 'validation_failed'],
    ['a number in quotes', { ...request, quantity: '5' }, 400, 'validation_failed'],
    ['an unknown source', { ...request, from_node: 'WH_XX' }, 404, 'unknown_location'],
    ['an unknown destination', { ...request, to_node: 'WH_XX' }, 404, 'unknown_location'],
    ['an unknown SKU', { ...request, sku: 'NOBODY' }, 404, 'unknown_sku'],
    ['the same node twice', { ...request, to_node: 'WH_SP_01' }, 400, 'same_location'],
  ])('refuses %s', async (_what, body, status, code) => {
    expect(await workflow.post(PATH, body)).toMatchObject({ status, body: { code } });
  });

  it("knows nothing of another tenant's stock and nodes", async () => {
    expect(await workflow.post(PATH, request, { tenant: 'other' })).toMatchObject({ status: 404, body: { code: 'unknown_location' } });
  });

  it('needs a token and the permission', async () => {
    expect(await workflow.post(PATH, request, { anonymous: true })).toMatchObject({ status: 401 });
    expect(await workflow.post(PATH, request, { permissions: ['inventory.read'] })).toMatchObject({ status: 403 });
  });
});
