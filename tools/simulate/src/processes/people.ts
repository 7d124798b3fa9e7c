import type { SkuCommand, TransferCommand } from '@holdfast/inventory';
import type { Random } from '@holdfast/simulation';
import type { Fleet } from '../fleet.js';
import type { WarehouseProcess } from './warehouse-process.js';
import { FROM, SKUS, TENANT, TO, type WarehouseWorld } from './warehouse-world.js';

const PATIENCE_MS = 6_000;
const MOST_TRIES = 6;
/** Rate of requests that are sent again although they were answered. */
const TWICE = 0.15;

export type Unstamped<Command> = Command extends { readonly commandId: string } ? Omit<Command, 'at' | 'commandId'> : never;

/** Somebody who sends requests to any process until there is an answer. */
export class Person {
  readonly random: Random;

  constructor(
    readonly world: WarehouseWorld,
    private readonly fleet: Fleet<WarehouseProcess>,
  ) {
    this.random = world.random.fork();
  }

  /** @param work may be called several times; ids must be the same each time @returns undefined where nobody answered */
  async ask<Answer>(work: (process: WarehouseProcess, at: number) => Promise<Answer>): Promise<Answer | undefined> {
    const { time } = this.world;
    let answer: Answer | undefined;
    for (let attempt = 1; attempt <= MOST_TRIES; attempt += 1) {
      const process = this.fleet.any();
      const late = time.sleep(PATIENCE_MS).then(() => undefined);
      const asked = process === undefined ? undefined : work(process, time.now());
      const given = await Promise.race([asked, late]).catch(this.world.undeclared);
      if (given !== undefined) {
        this.world.answers += 1;
        answer = given;
        if (!this.random.chance(TWICE)) return answer;
      }
      await time.sleep(this.random.between(5, 300));
    }
    return answer;
  }

  stock(sku: string, command: Unstamped<SkuCommand>): Promise<unknown> {
    const commandId = this.random.uuid();
    return this.ask(({ ledger }, at) => ledger.execute({ tenant: TENANT, sku }, { ...command, at, commandId }));
  }

  receive(sku: string, locationId: string, quantity: number): Promise<unknown> {
    const messageId = this.random.uuid();
    return this.ask(({ ledger }, at) =>
      ledger.execute(
        { tenant: TENANT, sku },
        { type: 'ReceiveStock', at, commandId: messageId, messageId, locationId, quantity, effectiveAt: at },
      ),
    );
  }
}

/** Sells at both locations, and receives more. */
export async function sell(person: Person, until: number): Promise<void> {
  const { world, random } = person;
  while (world.time.now() < until) {
    const sku = random.pick(SKUS);
    const reservationId = random.uuid();
    const locationId = random.pick([FROM, TO]);
    const order = { reservationId, orderId: reservationId, requestHash: reservationId, quantity: 1, ttlMs: 3_600_000, sources: [] };
    if (random.chance(0.3)) await person.receive(sku, locationId, random.between(1, 3));
    else {
      await person.stock(sku, { type: 'PlaceReservation', ...order, locationId });
      await world.time.sleep(random.pick([0, 100, 700]));
      await person.stock(sku, { type: random.pick(['CommitReservation', 'CommitReservation', 'ReleaseReservation']), reservationId });
    }
    await world.time.sleep(random.pick([20, 200, 900]));
  }
}

/** Sends transfers, receives them whole, in part, with rejected ones or with more than were sent, cancels them, or gives up the rest. */
export async function transfer(person: Person, until: number): Promise<void> {
  const { world, random } = person;
  while (world.time.now() < until) {
    const transferId = `tr_${random.uuid()}`;
    world.transferIds.push(transferId);
    const lines = SKUS.slice(0, random.between(1, 2)).map((sku) => ({ sku, quantity: random.between(1, 3) }));
    const create = { type: 'CreateTransfer', transferId, fromLocationId: FROM, toLocationId: TO, lines, requestHash: transferId } as const;
    const commandId = random.uuid();
    await person.ask(({ transferStreams }, at) =>
      transferStreams.execute({ tenant: TENANT, transferId }, { ...create, at, commandId }, 'ann'),
    );
    await act(person, transferId, { type: 'StartShipment' });
    for (let steps = random.between(0, 2); steps > 0; steps -= 1) {
      await world.time.sleep(random.pick([10, 300, 900]));
      await act(person, transferId, step(random, lines));
    }
    await world.time.sleep(random.pick([50, 400]));
  }
}

type Line = { readonly sku: string; readonly quantity: number };

function step(random: Random, lines: readonly Line[]): Unstamped<TransferCommand> {
  const receiptId = random.uuid();
  const { sku, quantity } = random.pick(lines);
  switch (random.between(0, 6)) {
    case 0:
      return { type: 'StartReceipt', receiptId };
    case 1:
    case 2:
      return { type: 'StartReceipt', receiptId, lines: [{ sku, quantity: 1 }] };
    case 3:
      return { type: 'StartReceipt', receiptId, receivedBy: 'ben', lines: [{ sku, quantity: quantity - 1, rejected: 1 }] };
    case 4: {
      const over = { quantity: 1, reasonCode: 'over_receipt' } as const;
      return { type: 'StartReceipt', receiptId, lines: [{ sku, quantity: quantity + 1, over }] };
    }
    case 5:
      return { type: 'StartCancel' };
    default:
      return { type: 'StartClose', reasonCode: 'lost' };
  }
}

function act(person: Person, transferId: string, command: Unstamped<TransferCommand>): Promise<unknown> {
  const commandId = person.random.uuid();
  return person.ask(({ transfers }, at) => transfers.run({ tenant: TENANT, transferId }, { ...command, at, commandId }, 'ann'));
}

/** Receives what is on its way still, or gives it up. */
export async function finishTransfers(person: Person): Promise<void> {
  for (const transferId of person.world.transferIds) {
    const known = await person.ask(({ transferStreams }) => transferStreams.read({ tenant: TENANT, transferId }));
    const phase = known?.record.state.phase;
    if (phase === 'created') await act(person, transferId, { type: 'StartCancel' });
    if (phase === 'in_transit' && person.random.chance(0.5)) await act(person, transferId, { type: 'StartClose', reasonCode: 'lost' });
    else if (phase === 'in_transit') await act(person, transferId, { type: 'StartReceipt', receiptId: person.random.uuid() });
  }
}
