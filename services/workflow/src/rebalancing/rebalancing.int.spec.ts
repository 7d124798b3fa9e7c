import { eventually, WorkflowUnderTest } from '../../test/workflow.js';

let workflow: WorkflowUnderTest;
beforeAll(async () => {
  workflow = await WorkflowUnderTest.start();
  for (const location of ['BER', 'HAM']) await workflow.location(location);
});
afterAll(() => workflow.stop());

const PATH = '/v1/inventory/rebalancing';
const today = () => Math.floor(workflow.runtime.clock.now() / 86_400_000);
let count = 0;

/** A SKU with 100 units and 2 a day in Berlin, 4 units and 4 a day in Hamburg. */
async function unbalanced(): Promise<string> {
  count += 1;
  const sku = `SKU-${String(count)}`;
  await workflow.record(sku, 'BER', 100);
  await workflow.record(sku, 'HAM', 4);
  for (const [locationId, sold] of [
    ['BER', 2],
    ['HAM', 4],
  ] as const) {
    await workflow.runtime.database.pool.query(
      `INSERT INTO workflow.daily_use (tenant, sku, location_id, day, sold, returned, most_on_hand, closing_on_hand)
       SELECT 'demo', $1, $2, $3::int - d, $4, 0, 50, 50 FROM generate_series(1, 30) AS d`,
      [sku, locationId, today(), sold],
    );
  }
  return sku;
}

const policyOf = (sku: string, more: object = {}) => ({
  policyId: `of-${sku}`,
  locationIds: ['BER', 'HAM'],
  skus: [sku],
  lanes: [{ fromLocationId: 'BER', toLocationId: 'HAM', days: 2, costPerUnitMinor: 10, costPerMoveMinor: 300 }],
  ...more,
});
const set = (policy: object) => workflow.post(`${PATH}/policies`, policy);
const propose = (body: object) => workflow.post(`${PATH}/proposals`, body);
const listed = async (sku: string) =>
  (await workflow.get(`${PATH}/proposals?sku=${sku}`)).body['proposals'] as readonly Record<string, unknown>[];

/** A policy in that mode, whose first run has stored its proposals. */
async function proposed(mode: string): Promise<{ readonly sku: string; readonly policyId: string; readonly id: string }> {
  const sku = await unbalanced();
  expect(await set(policyOf(sku, { mode }))).toMatchObject({ status: 200, body: { mode, lowCoverDays: 3, quietDays: 7, version: 1 } });
  await eventually(async () => expect(await listed(sku)).toHaveLength(1));
  const [proposal] = await listed(sku);
  return { sku, policyId: `of-${sku}`, id: String(proposal?.['id']) };
}

describe('a policy', () => {
  it('is run each night, the first time at once, and shows its figures', async () => {
    const { sku } = await proposed('approve');
    expect(await listed(sku)).toMatchObject([
      {
        status: 'proposed',
        fromLocationId: 'BER',
        toLocationId: 'HAM',
        quantity: 52,
        because: {
          code: 'low_cover',
          source: { dailyUse: 2, coverBefore: 50, coverAfter: 24, availableAfter: 48 },
          destination: { dailyUse: 4, coverBefore: 1, coverAfter: 14, positionAfter: 56 },
          laneDays: 2,
          costMinor: 820,
        },
        transferId: null,
      },
    ]);
    expect((await workflow.get(`${PATH}/policies`)).body['policies']).toContainEqual(expect.objectContaining({ policyId: `of-${sku}` }));
  });

  it('proposes the same once, however often and at how many places it runs', async () => {
    const { sku, policyId } = await proposed('approve');
    const runs = await Promise.all([1, 2, 3, 4].map(() => propose({ policyId, create: true })));
    expect(runs.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    expect(await listed(sku)).toHaveLength(1);
  });

  it('that names no SKUs is for all that were used', async () => {
    const sku = await unbalanced();
    await set(policyOf(sku, { policyId: 'all', skus: undefined, mode: 'dry_run' }));
    const { body } = await propose({ policyId: 'all' });
    expect(body['proposals']).toContainEqual(expect.objectContaining({ sku, fromLocationId: 'BER', toLocationId: 'HAM' }));
  });

  it.each([
    ['one location', { locationIds: ['BER'] }, 400, 'validation_failed'],
    ['an unknown location', { locationIds: ['BER', 'NOWHERE'] }, 404, 'unknown_location'],
    ['a target below the low cover', { targetCoverDays: 1 }, 400, 'invalid_policy'],
    ['another version', { expectedVersion: 3 }, 412, 'version_mismatch'],
  ])('refuses %s', async (_, changes, status, code) => {
    expect(await set(policyOf('X', { ...changes }))).toMatchObject({ status, body: { code } });
  });
});

describe('a proposal', () => {
  it('that is approved becomes one transfer, and ends with it', async () => {
    const { sku, policyId, id } = await proposed('approve');
    const answers = await Promise.all([1, 2].map(() => propose({ id, action: 'approve', quantity: 50 })));
    const transferId = String((answers[0]?.body['proposals'] as readonly Record<string, unknown>[])[0]?.['transferId']);
    expect(answers[1]?.body['proposals']).toMatchObject([{ status: 'ordered', quantity: 50, transferId }]);
    const { body } = await workflow.get(`/api/inventory/transfers/${transferId}`);
    expect(body).toMatchObject({ status: 'created', reference: id, lines: [{ sku, quantity: 50 }] });
    expect((await propose({ policyId, create: false })).body).toEqual({ proposals: [] });

    const act = (action: string) => workflow.post(`/api/inventory/transfers/${transferId}`, { action });
    expect((await act('ship')).status).toBe(200);
    expect((await act('receive')).body).toMatchObject({ status: 'received' });
    await eventually(async () => expect(await listed(sku)).toMatchObject([{ status: 'received' }]));
    expect((await propose({ policyId, create: true })).body).toEqual({ proposals: [] });
  });

  it('of another policy over the same stock counts: nothing is moved twice', async () => {
    const { sku, id } = await proposed('approve');
    await propose({ id, action: 'approve' });
    await set(policyOf(sku, { policyId: `also-${sku}`, mode: 'dry_run' }));
    expect((await propose({ policyId: `also-${sku}` })).body).toEqual({ proposals: [] });
  });

  it('needs nobody where the policy is automatic', async () => {
    const { sku } = await proposed('auto');
    await eventually(async () => expect(await listed(sku)).toMatchObject([{ status: 'ordered', decidedBy: null }]));
  });

  it('of a dry run is shown only', async () => {
    const { id } = await proposed('dry_run');
    expect(await propose({ id, action: 'approve' })).toMatchObject({ status: 409, body: { code: 'policy_dry_run' } });
  });

  it('that was rejected is not proposed again', async () => {
    const { id, policyId } = await proposed('approve');
    expect((await propose({ id, action: 'reject', reason: 'the sale is over' })).body['proposals']).toMatchObject([
      { status: 'rejected', reason: 'the sale is over' },
    ]);
    expect((await propose({ policyId, create: true })).body).toEqual({ proposals: [] });
    expect(await propose({ id, action: 'approve' })).toMatchObject({ status: 409, body: { code: 'proposal_rejected' } });
  });

  it('is refused where there is none, or where it is not said what to do', async () => {
    expect(await propose({ id: 'rb_none', action: 'approve' })).toMatchObject({ status: 404, body: { code: 'unknown_proposal' } });
    expect(await propose({ policyId: 'none' })).toMatchObject({ status: 404, body: { code: 'unknown_policy' } });
    expect(await propose({ policyId: 'none', action: 'approve' })).toMatchObject({ status: 400, body: { code: 'validation_failed' } });
    const { id } = await proposed('approve');
    expect(await propose({ id, action: 'approve', quantity: 53 })).toMatchObject({
      status: 409,
      body: { code: 'quantity_exceeds_proposed' },
    });
  });

  it('is seen and decided with the permission, in its tenant', async () => {
    const { id, sku } = await proposed('approve');
    const other = { tenant: 'other' };
    expect((await workflow.call('GET', `${PATH}/proposals?sku=${sku}`, undefined, other)).body['proposals']).toEqual([]);
    expect(await workflow.call('POST', `${PATH}/proposals`, { id, action: 'approve' }, other)).toMatchObject({ status: 404 });
    const reader = { permissions: ['replenishment.read'] };
    expect(await workflow.call('POST', `${PATH}/proposals`, { id, action: 'approve' }, reader)).toMatchObject({ status: 403 });
    expect(await workflow.call('GET', `${PATH}/policies`, undefined, { permissions: ['stock.read'] })).toMatchObject({ status: 403 });
  });
});
