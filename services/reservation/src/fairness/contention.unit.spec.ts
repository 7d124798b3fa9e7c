import { arrived, served } from '../../test/contenders.js';
import { contendersOf, turnedAway } from './contention.js';

describe('who contended in a turn', () => {
  it('is everybody who wanted units where several did, in the order served', () => {
    const contenders = contendersOf([
      served(7, 'a'),
      served(8, 'b', { holderId: 'h', channelId: 'web' }),
      served(9, 'c', {}, 'insufficient_stock'),
    ]);
    expect(contenders).toEqual([
      { arrival: 7, arrivedAt: 1_007, outcome: 'granted', reservationId: 'a', orderId: 'order a', quantity: 1 },
      {
        arrival: 8,
        arrivedAt: 1_008,
        outcome: 'granted',
        reservationId: 'b',
        orderId: 'order b',
        quantity: 1,
        holderId: 'h',
        channelId: 'web',
      },
      { arrival: 9, arrivedAt: 1_009, outcome: 'refused', code: 'insufficient_stock', reservationId: 'c', orderId: 'order c', quantity: 1 },
    ]);
  });

  it('is nobody where one alone had its units', () => expect(contendersOf([served(1, 'a')])).toEqual([]));

  it('is one alone that was refused', () =>
    expect(contendersOf([served(1, 'a', {}, 'channel_cap')])).toMatchObject([{ code: 'channel_cap' }]));

  it('is nobody who wanted something else than units', () => {
    const release = { type: 'ReleaseReservation', at: 0, commandId: 'x', reservationId: 'r' };
    const other = { tenant: 't', arrival: 2, command: release, decision: 'refused', code: 'reservation_expired', events: [] } as const;
    expect(contendersOf([served(1, 'a'), other])).toEqual([]);
  });

  it('tells one that asks again for what it has from one that is granted', () =>
    expect(contendersOf([served(1, 'a'), { ...served(2, 'a'), events: [] }]).map(({ outcome }) => outcome)).toEqual([
      'granted',
      'repeated',
    ]));

  it('says of whom the units wait for supply', () => {
    const placed = { type: 'ReservationPlaced', waiting: { quantity: 1 } };
    expect(contendersOf([served(1, 'a'), { ...served(2, 'b'), events: [placed] }]).map(({ outcome }) => outcome)).toEqual([
      'granted',
      'waiting',
    ]);
  });

  it('is who was turned away', () =>
    expect(turnedAway(arrived(4, 'd'))).toMatchObject({ arrival: 4, outcome: 'turned_away', reservationId: 'd' }));
});
