import { MemoryEventStore, MemoryLog } from '@holdfast/event-store';
import type { TransferCommand } from '@holdfast/inventory';
import {
  at,
  change,
  count,
  envelope,
  FailingStore,
  figures,
  ref,
  run,
  running,
  tenant,
  type Running,
} from '../../test/running-transfers.js';

/** Ten CUPs, four of them under a hold, and ten POTs in Berlin; four held CUPs and six POTs on their way to Hamburg. */
async function onTheirWay(): Promise<MemoryLog> {
  const log = new MemoryLog();
  const world = await running(new MemoryEventStore({ log }));
  await change(world.ledger, 'CUP', count(10, 'cups'));
  await change(world.ledger, 'POT', count(10, 'pots'));
  const hold = { holdId: 'h1', holdType: 'quality', locationId: 'BER', quantity: 4 } as const;
  await change(world.ledger, 'CUP', { type: 'PlaceHold', ...envelope('hold'), ...hold });
  const lines = [
    { sku: 'CUP', quantity: 4, holdId: 'h1' },
    { sku: 'POT', quantity: 6 },
  ];
  const create = { type: 'CreateTransfer', ...ref, fromLocationId: 'BER', toLocationId: 'HAM', lines, requestHash: 'hash' } as const;
  await world.streams.execute(ref, { ...create, ...envelope('create') });
  await run(world, { type: 'StartShipment', ...envelope('ship') });
  return log;
}

async function held({ ledger }: Running, sku: string): Promise<readonly number[]> {
  const { balances } = (await ledger.read({ tenant, sku })).state;
  return ['BER', 'HAM'].map((locationId) => balances.get(locationId)?.held ?? 0);
}

const receive: TransferCommand = {
  type: 'StartReceipt',
  ...envelope('receive'),
  receiptId: 'first',
  lines: [
    { sku: 'CUP', quantity: 4 },
    { sku: 'POT', quantity: 6, rejected: 2, over: { quantity: 2, reasonCode: 'over_receipt' } },
  ],
};
const close: TransferCommand = { type: 'StartClose', ...envelope('close'), reasonCode: 'lost' };
const cancel: TransferCommand = { type: 'StartCancel', ...envelope('cancel') };

const endings = [
  {
    what: 'received with rejected and surplus units',
    command: receive,
    phase: 'received',
    cup: [6, 0, 4],
    pot: [4, 0, 8],
    helds: [0, 4, 0, 2],
  },
  { what: 'closed', command: close, phase: 'closed', cup: [6, 0, 0], pot: [4, 0, 0], helds: [0, 0, 0, 0] },
  { what: 'cancelled', command: cancel, phase: 'cancelled', cup: [10, 0, 0], pot: [10, 0, 0], helds: [4, 0, 0, 0] },
] as const;
const deaths = endings.flatMap((ending) =>
  [1, 2, 3, 4].flatMap((atAppend) => [false, true].map((stored) => ({ ...ending, atAppend, stored }))),
);

describe('a transfer of held and free units', () => {
  it('takes the hold along', async () => {
    const world = await running(new MemoryEventStore({ log: await onTheirWay() }));
    expect([await figures(world, 'CUP'), await held(world, 'CUP')]).toEqual([
      [6, 4, 0],
      [0, 0],
    ]);
  });

  it.each(deaths)('is $what once, cut off at append $atAppend, stored $stored', async ({ command, phase, cup, pot, helds, ...death }) => {
    const log = await onTheirWay();
    const dying = await running(new FailingStore(log, death));
    await run(dying, command).catch(() => undefined);

    const next = await running(new MemoryEventStore({ log }));
    await next.process.resume(ref);
    await run(next, command);
    await run(next, command);
    expect((await next.streams.read(ref)).record.state.phase).toBe(phase);
    expect([await figures(next, 'CUP'), await figures(next, 'POT')]).toEqual([cup, pot]);
    expect([...(await held(next, 'CUP')), ...(await held(next, 'POT'))]).toEqual(helds);
  });

  it('goes again with the part of the hold that came back', async () => {
    const log = new MemoryLog();
    const world = await running(new MemoryEventStore({ log }));
    await change(world.ledger, 'CUP', count(10, 'cups'));
    const hold = { holdId: 'h1', holdType: 'quality', locationId: 'BER', quantity: 4 } as const;
    await change(world.ledger, 'CUP', { type: 'PlaceHold', ...envelope('hold'), ...hold });
    await change(world.ledger, 'POT', count(1, 'pots'));
    const lines = [
      { sku: 'CUP', quantity: 3, holdId: 'h1' },
      { sku: 'POT', quantity: 2 },
    ];
    const create = { type: 'CreateTransfer', ...ref, fromLocationId: 'BER', toLocationId: 'HAM', lines, requestHash: 'hash' } as const;
    await world.streams.execute(ref, { ...create, ...envelope('create') });
    expect((await run(world, { type: 'StartShipment', ...envelope('ship') })).short).toMatchObject([{ sku: 'POT' }]);
    expect(await held(world, 'CUP')).toEqual([4, 0]);

    await change(world.ledger, 'POT', count(5, 'more pots'));
    await run(world, { type: 'StartShipment', at: at + 1, commandId: 'again' });
    expect([await figures(world, 'CUP'), await held(world, 'CUP')]).toEqual([
      [7, 3, 0],
      [1, 0],
    ]);
  });
});
