import { accept, skuSnapshot, type SkuState } from '@holdfast/inventory';
import { deciding, type Plant } from './plant.js';

type Supply = NonNullable<SkuState['supply']>;

const withSupply = (state: SkuState, change: (supply: Supply) => Partial<Supply>): SkuState =>
  state.supply === undefined ? state : { ...state, supply: { ...state.supply, ...change(state.supply) } };

/** Mistakes in the assignment of supply. */
export const waitingPlants: readonly Plant[] = [
  {
    name: 'line-reversed',
    mistake: 'the line is served last come first',
    streams: deciding((state, command, real) =>
      command.type === 'PlaceReservation'
        ? real(state, command)
        : real(
            withSupply(state, ({ waiters }) => ({ waiters: new Map([...waiters].reverse()) })),
            command,
          ),
    ),
  },
  {
    name: 'line-jumped',
    mistake: 'a newcomer takes what somebody waits for',
    from: 120,
    streams: deciding((state, command, real) => {
      const jumped =
        command.type === 'PlaceReservation'
          ? real(
              withSupply(state, () => ({ waiters: new Map() })),
              command,
            )
          : undefined;
      const holdsAll = jumped?.kind === 'accepted' && jumped.events.some((event) => event.type === 'ReservationPlaced' && !event.waiting);
      return holdsAll ? jumped : real(state, command);
    }),
  },
  {
    name: 'line-forgotten',
    mistake: 'received units are not promoted to waiting reservations',
    streams: deciding((state, command, real) => {
      const decision = real(state, command);
      if (command.type !== 'ReceiveStock' || decision.kind === 'refused') return decision;
      return accept(...decision.events.filter(({ type }) => type !== 'ReservationPromoted'));
    }),
  },
  {
    name: 'delivery-promised-twice',
    mistake: 'more of a delivery is promised than it brings',
    streams: deciding((state, command, real) => {
      const decision = real(state, command);
      const refused = command.type === 'PlaceReservation' && command.backorder === true && decision.kind === 'refused';
      if (!refused) return decision;
      const doubled = withSupply(state, ({ inbound }) => ({
        inbound: new Map([...inbound].map(([reference, one]) => [reference, { ...one, quantity: 2 * one.quantity }])),
      }));
      return real(doubled, command);
    }),
  },
  {
    name: 'wait-endless',
    mistake: 'who only waits is never told that it will not come',
    from: 140,
    streams: deciding((state, command, real) => {
      const decision = real(state, command);
      if (command.type !== 'ExpireReservation' || decision.kind === 'refused') return decision;
      return state.reservations.get(command.reservationId)?.takes.length === 0 ? accept() : decision;
    }),
  },
  {
    name: 'snapshot-forgets-line',
    mistake: 'a snapshot keeps what is to come and loses who waits for it',
    streams: (real) => ({
      ...real,
      snapshot: {
        ...skuSnapshot,
        read: (json) => {
          const state = skuSnapshot.read(json);
          for (const reservation of state.reservations.values()) reservation.waiting = undefined;
          return withSupply(state, () => ({ waiters: new Map(), waitingUnits: 0, choosyWaiters: 0 }));
        },
      },
    }),
  },
];
