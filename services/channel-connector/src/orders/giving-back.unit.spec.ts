import { MemoryEventStore } from '@holdfast/event-store';
import type { SkuCommand } from '@holdfast/inventory';
import { openSkuLedger } from '@holdfast/ledger';
import { book, giveBack } from './giving-back.js';
import type { SoldLine } from './sold-order.js';
import { takeSold } from './taking.js';

const ref = { tenant: 'demo', sku: 'MILK' };
const at = Date.UTC(2026, 6, 1, 10);
const line: SoldLine = {
  ...ref,
  channelId: 'shop',
  orderId: 'o-1',
  lineId: '1',
  locationIds: ['BER'],
  sources: [],
  sourceRule: undefined,
  done: [],
};

/** Ten units of a lot in Berlin, of a SKU of which each unit must have one. */
async function lotted() {
  const ledger = await openSkuLedger({ eventStore: new MemoryEventStore() });
  let commands = 0;
  const change = async (command: object) => {
    const outcome = await ledger.execute(ref, { at, commandId: `c${String((commands += 1))}`, ...command } as SkuCommand);
    if (outcome.kind === 'refused') throw new Error(`${outcome.code} ${JSON.stringify(outcome.details)}`);
  };
  const received = { type: 'ReceiveStock', locationId: 'BER', quantity: 10, effectiveAt: at, messageId: 'm1' };
  await change({ ...received, positions: [{ lotId: 'A', quantity: 10 }] });
  await change({ type: 'SetLotControl', control: 'required' });
  const balance = async () => {
    const { onHand, reserved, held } = (await ledger.read(ref)).state.balances.get('BER') ?? {};
    return { onHand, reserved, held };
  };
  return { change, balance, tools: { ledger, bus: { publish: () => Promise.resolve() }, now: () => at } };
}

const issued = (quantity: number): object => ({
  type: 'IssueStock',
  connectionId: 'erp',
  messageId: 'i1',
  locationId: 'BER',
  quantity,
  effectiveAt: at,
  orderId: 'o-1',
});

describe('units of a SKU of which each must have a lot', () => {
  it('come back without one where an ERP issued them already: they are held until somebody says which it is', async () => {
    const { change, balance, tools } = await lotted();
    const { parts } = await takeSold(tools, line, { number: 1, units: 4 }, []);
    await change(issued(3));
    expect(await balance()).toEqual({ onHand: 6, reserved: 0, held: 0 });

    const back = { number: 2, units: 4, parts, reasonCode: 'channel_cancelled' };
    const [returned] = await giveBack(tools, line, back, []);
    expect(returned).toMatchObject({ kind: 'return', takes: [{ locationId: 'BER', quantity: 4 }] });
    expect(await balance()).toEqual({ onHand: 10, reserved: 0, held: 3 });
    await change({ type: 'CorrectPositions', kind: 'assign', locationId: 'BER', toLotId: 'A', quantity: 3 });
    expect(await balance()).toEqual({ onHand: 10, reserved: 0, held: 0 });
  });

  it('come back without one where nothing names the order', async () => {
    const { balance, tools } = await lotted();
    const takes = [{ locationId: 'BER', quantity: 2 }];
    await book(tools, line, { number: 1, step: 'back', takes, reasonCode: 'channel_return', orderId: undefined }, []);
    expect(await balance()).toEqual({ onHand: 12, reserved: 0, held: 2 });
  });
});
