import { MemoryEventStore } from '@holdfast/event-store';
import type { SkuCommand, SkuEvent } from '@holdfast/inventory';
import { openSkuLedger } from '@holdfast/ledger';
import { SOLD_BACK_MS } from '../limits.js';
import { CommitUnderWay, takeEarlier } from './earlier-reservation.js';
import { soldTime, type SoldLine } from './sold-order.js';
import { takeSold } from './taking.js';

const ref = { tenant: 'demo', sku: 'MILK' };
const now = Date.UTC(2026, 6, 1, 10);
const minute = 60_000;
const line: SoldLine = {
  ...{ ...ref, channelId: 'shop', orderId: 'o-1', lineId: '1', locationIds: ['BER'] },
  ...{ sources: [], sourceRule: undefined, done: [], soldAt: now - 4 * minute },
};
const hold = { type: 'PlaceReservation', orderId: 'o-1', channelId: 'shop', quantity: 2, ttlMs: 900_000, requestHash: 'cart', sources: [] };

/** So many units in Berlin. */
async function stocked(quantity: number) {
  const ledger = await openSkuLedger({ eventStore: new MemoryEventStore() });
  const messages: string[] = [];
  const events: SkuEvent[] = [];
  const change = async (command: object) => {
    const outcome = await ledger.execute(ref, { at: now, commandId: 'c1', ...command } as SkuCommand);
    if (outcome.kind === 'refused') throw new Error(`${outcome.code} ${JSON.stringify(outcome.details)}`);
  };
  await change({ type: 'ReceiveStock', locationId: 'BER', quantity, effectiveAt: now - 9 * minute, messageId: 'm1' });
  const execute: typeof ledger.execute = async (...of) => {
    const outcome = await ledger.execute(...of);
    if (outcome.kind === 'accepted') events.push(...outcome.events);
    return outcome;
  };
  const publish = (_topic: string, sent: readonly { readonly value: string | null }[]) =>
    Promise.resolve(void messages.push(...sent.map(({ value }) => value ?? '')));
  const tools = { ledger: { ...ledger, execute, read: ledger.read.bind(ledger) }, bus: { publish }, now: () => now };
  return { change, events, messages, tools };
}

describe('the time at which a channel sold an order', () => {
  it('is said by its reservation and its commit', async () => {
    const { events, tools } = await stocked(5);
    await takeSold(tools, line, { number: 1, units: 2 }, []);
    expect(events).toMatchObject([
      { type: 'ReservationPlaced', soldAt: line.soldAt },
      { type: 'ReservationCommitted', soldAt: line.soldAt },
    ]);
  });

  it('is said by the commit of what the shop had reserved for it', async () => {
    const { change, events, tools } = await stocked(5);
    await change({ ...hold, reservationId: 'rs_1', commandId: 'c2' });
    await takeSold(tools, line, { number: 1, units: 2 }, []);
    expect(events).toMatchObject([{ type: 'ReservationCommitted', reservationId: 'rs_1', soldAt: line.soldAt }]);
  });

  it('is said to a reservation of several SKUs', async () => {
    const { change, messages, tools } = await stocked(5);
    await change({ ...hold, reservationId: 'ro_1', commandId: 'c2' });
    await expect(takeEarlier(tools, line, 1, 2, [])).rejects.toThrow(CommitUnderWay);
    expect(messages.map((message) => JSON.parse(message) as unknown)).toMatchObject([{ data: { soldAt: '2026-07-01T09:56:00.000Z' } }]);
  });

  it('is not said to one that is to release what may not leave: a release has no such field', async () => {
    const { change, messages, tools } = await stocked(5);
    await change({ ...hold, reservationId: 'ro_1', commandId: 'c2' });
    const blocked = { ...line, sources: [{ locationId: 'BER', priority: 1, blocked: true }] };
    expect(await takeEarlier(tools, blocked, 1, 2, [])).toEqual([]);
    expect(messages.map((message) => JSON.parse(message) as unknown)).toMatchObject([
      { type: 'holdfast.reservation.release.v1', data: { reservationId: 'ro_1' } },
    ]);
    expect(messages[0]).not.toContain('soldAt');
  });

  it('is that of units that were sold beyond what was free', async () => {
    const { events, tools } = await stocked(1);
    await takeSold(tools, line, { number: 1, units: 3 }, []);
    expect(events.at(-1)).toMatchObject({ type: 'StockAdjusted', delta: -2, effectiveAt: line.soldAt });
  });

  it('is that of their booking where a later count would refuse them', async () => {
    const { change, events, tools } = await stocked(1);
    const count = {
      type: 'RecordStock',
      locationId: 'BER',
      counted: 1,
      effectiveAt: now - 2 * minute,
      reasonCode: 'count',
      reason: 'count',
    };
    await change({ ...count, commandId: 'c2' });
    await takeSold(tools, line, { number: 1, units: 3 }, []);
    expect(events.at(-1)).toMatchObject({ type: 'StockAdjusted', delta: -2, effectiveAt: now });
  });

  it('is not said where the channel does not say it', async () => {
    const { events, tools } = await stocked(1);
    const { soldAt: _, ...unsaid } = line;
    await takeSold(tools, unsaid, { number: 1, units: 3 }, []);
    expect(JSON.stringify(events)).not.toContain('soldAt');
    expect(events.at(-1)).toMatchObject({ type: 'StockAdjusted', delta: -2, effectiveAt: now });
  });

  it('is now where it lies ahead, and left out where it lies too far back or is not known', () => {
    expect(soldTime(now - minute, now)).toEqual({ soldAt: now - minute });
    expect(soldTime(now + minute, now)).toEqual({ soldAt: now });
    expect(soldTime(now - SOLD_BACK_MS, now)).toEqual({ soldAt: now - SOLD_BACK_MS });
    expect(soldTime(now - SOLD_BACK_MS - 1, now)).toEqual({});
    expect(soldTime(null, now)).toEqual({});
  });
});
