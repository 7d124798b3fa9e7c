import { WorkflowUnderTest, eventually } from '../../test/workflow.js';

let workflow: WorkflowUnderTest;
beforeAll(async () => {
  workflow = await WorkflowUnderTest.start();
});
afterAll(() => workflow.stop());

const EXPECTED_AT = Date.UTC(2027, 0, 15);
const declare = (reference: string, quantity: number): Promise<void> =>
  workflow.stock('MUG', { type: 'DeclareInbound', reference, locationId: 'HUB', quantity, expectedAt: EXPECTED_AT });
const receive = (messageId: string, quantity: number, inboundReference: string): Promise<void> =>
  workflow.stock('MUG', { type: 'ReceiveStock', locationId: 'HUB', quantity, effectiveAt: Date.now(), messageId, inboundReference });

async function deliveries(): Promise<unknown> {
  const { rows } = await workflow.runtime.database.pool.query(
    `SELECT reference, quantity::int, received::int, excess::int, cancelled_at IS NOT NULL AS cancelled FROM workflow.delivery ORDER BY reference`,
  );
  return rows;
}

it('shows what came of each delivery and beyond it; read again from the log, the same', async () => {
  await workflow.record('MUG', 'HUB', 1);
  await declare('po-1', 5);
  await declare('po-2', 3);
  await declare('po-3', 4);
  await receive('note-1', 2, 'po-1');
  await receive('note-2', 5, 'po-1');
  await receive('note-3', 3, 'po-2');
  await receive('note-4', 1, 'po-2');
  await workflow.stock('MUG', { type: 'CancelInbound', reference: 'po-3' });
  await declare('po-1', 8);

  const wanted = [
    { reference: 'po-1', quantity: 8, received: 5, excess: 2, cancelled: false },
    { reference: 'po-2', quantity: 3, received: 3, excess: 1, cancelled: false },
    { reference: 'po-3', quantity: 4, received: 0, excess: 0, cancelled: true },
  ];
  await eventually(async () => expect(await deliveries()).toEqual(wanted));

  const { pool } = workflow.runtime.database;
  await workflow.restart(async () => {
    await pool.query(`DELETE FROM workflow.checkpoint WHERE name = 'deliveries'`);
  });
  await declare('po-4', 1);
  const more = { reference: 'po-4', quantity: 1, received: 0, excess: 0, cancelled: false };
  await eventually(async () => expect(await deliveries()).toEqual([...wanted, more]));
});
