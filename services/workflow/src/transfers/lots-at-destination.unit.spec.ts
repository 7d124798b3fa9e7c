import { MemoryEventStore } from '@holdfast/event-store';
import type { KnownLocations, SkuLedger } from '@holdfast/ledger';
import { at, calendar, change, envelope, ref, run, running, tenant } from '../../test/running-transfers.js';
import { ReallocationService } from '../reallocation/reallocation.service.js';

const expiryDate = '2026-07-31';
const berlin = Date.UTC(2026, 6, 31, 22);
const saoPaulo = Date.UTC(2026, 7, 1, 3);
const anywhere = { knows: () => Promise.resolve(true) } as unknown as KnownLocations;

/** Ten units of lot A in Sao Paulo, which no other location knows. */
async function milkIn(ledger: SkuLedger, marked = false): Promise<void> {
  const positions = [{ lotId: 'A', quantity: 10, expiryDate, expiresAt: saoPaulo }];
  const receipt = { locationId: 'SAO', quantity: 10, effectiveAt: at, messageId: 'm1', positions };
  await change(ledger, 'MILK', { type: 'ReceiveStock', ...envelope('receive'), ...receipt });
  if (marked) await change(ledger, 'MILK', { type: 'ExpireLots', ...envelope('mark'), lotId: 'A' });
}

async function lotA(ledger: SkuLedger) {
  const { state } = await ledger.read({ tenant, sku: 'MILK' });
  return { instant: state.detail?.lots?.lots.get('A')?.expiresAt.get('BER'), berlin: state.balances.get('BER') };
}

describe('a lot that comes to a location', () => {
  it('by a transfer expires at the midnight there', async () => {
    const world = await running(new MemoryEventStore());
    await milkIn(world.ledger);
    const lines = [{ sku: 'MILK', quantity: 4 }];
    const create = { type: 'CreateTransfer', ...ref, fromLocationId: 'SAO', toLocationId: 'BER', lines, requestHash: 'hash' } as const;
    await world.streams.execute(ref, { ...create, ...envelope('create') });
    await run(world, { type: 'StartShipment', ...envelope('ship') });
    await run(world, { type: 'StartReceipt', ...envelope('arrive'), receiptId: 'first', lines });
    expect(await lotA(world.ledger)).toMatchObject({ instant: berlin, berlin: { onHand: 4, held: 0 } });
  });

  it('by a reallocation expires at the midnight there', async () => {
    const { ledger } = await running(new MemoryEventStore());
    await milkIn(ledger);
    const order = { tenant, actor: 'somebody', ...envelope('move') };
    await new ReallocationService(ledger, anywhere, calendar).move({ sku: 'MILK', from_node: 'SAO', to_node: 'BER', quantity: 4 }, order);
    expect(await lotA(ledger)).toMatchObject({ instant: berlin, berlin: { onHand: 4, held: 0 } });
  });

  it('and that a person has marked as expired stays so', async () => {
    const { ledger } = await running(new MemoryEventStore());
    await milkIn(ledger, true);
    const { state } = await ledger.read({ tenant, sku: 'MILK' });
    const route = { fromLocationId: 'SAO', toLocationId: 'BER', quantity: 4, positions: [{ lotId: 'A', quantity: 4 }], mayMoveHeld: true };
    const lots = await calendar.atDestination(tenant, 'BER', state, ['A']);
    expect(lots).toEqual([{ lotId: 'A', expiresAt: berlin }]);
    await change(ledger, 'MILK', { type: 'MoveStock', ...envelope('move'), reference: 'move', ...route, lots });
    expect(await lotA(ledger)).toMatchObject({ instant: at, berlin: { onHand: 4, held: 4 } });
  });
});
