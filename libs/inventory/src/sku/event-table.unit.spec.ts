import { balanceChanges, RESERVATION_EVENT_TYPES, reservationEffect, SKU_EVENTS } from '../index.js';
import { committed, issued, level, moved, placed, received, released, returned, reversed, shipped } from '../../test/events.js';

const at = (locationId: string, units: object) => ({
  place: expect.objectContaining({ locationId }),
  onHand: 0,
  reserved: 0,
  inTransit: 0,
  ...units,
});

describe('what an event changes', () => {
  it('is on hand for facts', () => {
    expect(balanceChanges(level('BER', 10, 0, { delta: -2 }))).toEqual([at('BER', { onHand: -2 })]);
    expect(balanceChanges(received('BER', 5, { delta: 3 }))).toEqual([at('BER', { onHand: 3 })]);
    expect(balanceChanges(issued('BER', 5, { delta: -3, reassigned: [{ locationId: 'HAM', quantity: 2 }] }))).toEqual([
      at('BER', { onHand: -3 }),
      at('HAM', { onHand: 2 }),
    ]);
    expect(balanceChanges(moved('BER', 'HAM', 2))).toEqual([at('BER', { onHand: -2 }), at('HAM', { onHand: 2 })]);
  });

  it('is reserved for holds, and both for commits', () => {
    expect(balanceChanges(placed('r1', { BER: 2 }))).toEqual([at('BER', { reserved: 2 })]);
    expect(balanceChanges(released('r1', { BER: 2 }))).toEqual([at('BER', { reserved: -2 })]);
    expect(balanceChanges(committed('r1', { BER: 2 }, { alreadyIssued: [{ locationId: 'BER', quantity: 1 }] }))).toEqual([
      at('BER', { reserved: -2, onHand: -1 }),
    ]);
    expect(balanceChanges(reversed('r1', { BER: 2 }, { restored: [{ locationId: 'BER', quantity: 1 }] }))).toEqual([
      at('BER', { onHand: 1 }),
    ]);
  });

  it('is in transit at the destination for transfers', () => {
    expect(balanceChanges(shipped('BER', 'HAM', 2))).toEqual([at('BER', { onHand: -2 }), at('HAM', { inTransit: 2 })]);
    expect(balanceChanges(returned('BER', 'HAM', 2))).toEqual([at('BER', { onHand: 2 }), at('HAM', { inTransit: -2 })]);
    expect(balanceChanges(returned('BER', 'HAM', 0))).toEqual([]);
  });

  it('is an absolute figure for safety stock', () => {
    expect(balanceChanges({ type: 'SafetyStockSet', commandId: 'c', locationId: 'BER', quantity: 4 })).toEqual([
      at('BER', { safetyStock: 4 }),
    ]);
  });
});

describe('the table of events', () => {
  it('does not compile where an event has no entry', () => {
    const { StockMoved: _, ...others } = SKU_EVENTS;
    // @ts-expect-error StockMoved is missing
    const incomplete: typeof SKU_EVENTS = others;
    expect(incomplete).not.toHaveProperty('StockMoved');
  });

  it('does not compile where an event of a reservation does not say what it does to it', () => {
    const { reservation: _, ...silent } = SKU_EVENTS.ReservationReleased;
    // @ts-expect-error the effect is missing
    const entry: typeof SKU_EVENTS.ReservationReleased = silent;
    expect(entry).not.toHaveProperty('reservation');
  });

  it('knows the events of reservations', () => {
    expect(RESERVATION_EVENT_TYPES.every((type) => type.startsWith('Reservation'))).toBe(true);
    expect(RESERVATION_EVENT_TYPES).toHaveLength(8);
  });

  it('says what a reservation holds, awaits and how it ends', () => {
    const hold = placed('r1', { BER: 2 });
    expect(reservationEffect(hold)).toEqual({ taken: hold.takes, waitingUnits: 0, expiresAt: hold.expiresAt });
    expect(reservationEffect(committed('r1', { BER: 2 }))).toMatchObject({ committed: { openUnits: 0 }, ended: 'committed' });
    expect(reservationEffect(committed('r1', { BER: 2 }, { openUnits: 1 }))).not.toHaveProperty('ended');
    expect(reservationEffect(reversed('r1', { BER: 2 }))).toMatchObject({ reversed: { takes: [{ locationId: 'BER', quantity: 2 }] } });
    expect(reservationEffect(released('r1', { BER: 2 }))).toEqual({ ended: 'released' });
  });
});
