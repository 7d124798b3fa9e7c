import { accept, skuSnapshot, type SkuEvent } from '@holdfast/inventory';
import { deciding, type Decision, type Plant } from './plant.js';

const isExpiry = ({ type }: SkuEvent): boolean => type === 'ReservationExpired';

/** Mistakes in what a SKU decides. */
export const decidingPlants: readonly Plant[] = [
  {
    name: 'expiry-ignored',
    mistake: 'an overdue hold still counts as held when somebody else asks',
    from: 15,
    streams: deciding((state, command, real) => {
      const decision = real(state, command);
      if (command.type !== 'PlaceReservation' || decision.kind === 'refused' || !decision.events.some(isExpiry)) return decision;
      return { kind: 'refused', code: 'insufficient_stock', details: { requested: command.quantity, available: 0 } };
    }),
  },
  {
    name: 'overdue-commit',
    mistake: 'a hold is committed although its time is over',
    from: 10,
    streams: deciding((state, command, real) => {
      const hold = command.type === 'CommitReservation' ? state.reservations.get(command.reservationId) : undefined;
      return hold === undefined || command.at < hold.expiresAt ? real(state, command) : real(state, { ...command, at: hold.expiresAt - 1 });
    }),
  },
  {
    name: 'early-expiry',
    mistake: 'a hold is ended a moment before its time',
    streams: deciding((state, command, real) =>
      command.type === 'PlaceReservation' && command.quantity > 1
        ? withTime(real(state, { ...command, at: command.at + 1_000 }), command.ttlMs + command.at)
        : real(state, command),
    ),
  },
  {
    name: 'released-twice',
    mistake: 'a release that comes again frees the units again',
    streams: deciding((state, command, real) => {
      const decision = real(state, command);
      const ended = command.type === 'ReleaseReservation' ? state.ended.get(command.reservationId) : undefined;
      if (ended?.outcome !== 'released' || decision.kind === 'refused') return decision;
      return accept<SkuEvent>({
        type: 'ReservationReleased',
        reservationId: ended.reservationId,
        takes: [{ locationId: 'HAM', quantity: 1 }],
      });
    }),
  },
  {
    name: 'message-twice',
    mistake: 'a message that comes again takes effect again',
    streams: deciding((state, command, real) => {
      const decision = real(state, command);
      if (command.type !== 'ReceiveStock' || decision.kind === 'refused' || decision.events.length > 0) return decision;
      const { messageId } = command;
      const again = real(state, { ...command, messageId: `${messageId} again`, commandId: `${command.commandId} again` });
      if (again.kind === 'refused') return again;
      return accept(...again.events.map((event) => (event.type === 'StockReceived' ? { ...event, messageId } : event)));
    }),
  },
  {
    name: 'available-ignored',
    mistake: 'a hold is placed whether or not there is enough',
    streams: deciding((state, command, real) => {
      const decision = real(state, command);
      if (command.type !== 'PlaceReservation' || decision.kind !== 'refused' || decision.code !== 'insufficient_stock') return decision;
      const { reservationId, orderId, requestHash, quantity, at, ttlMs } = command;
      const takes = [{ locationId: command.locationId ?? 'HAM', quantity, because: 'planted' }];
      return accept<SkuEvent>({
        type: 'ReservationPlaced',
        reservationId,
        orderId,
        requestHash,
        takes,
        requested: quantity,
        expiresAt: at + ttlMs,
      });
    }),
  },
  {
    name: 'limits-ignored',
    mistake: 'caps, floors and limits of holders are stored and not looked at',
    streams: deciding((state, command, real) =>
      command.type === 'PlaceReservation' && state.limits !== undefined && state.limits.overbookingUnits === 0
        ? real({ ...state, limits: undefined }, command)
        : real(state, command),
    ),
  },
  {
    name: 'budget-doubled',
    mistake: 'more is overbooked than was declared',
    streams: deciding((state, command, real) =>
      command.type === 'PlaceReservation' && state.limits !== undefined
        ? real({ ...state, limits: { ...state.limits, overbookingUnits: 2 * state.limits.overbookingUnits } }, command)
        : real(state, command),
    ),
  },
  {
    name: 'extension-forgotten',
    mistake: 'a longer time to live is answered and not written down',
    streams: deciding((state, command, real) => {
      const decision = real(state, command);
      return command.type === 'ExtendReservation' && decision.kind === 'accepted' ? accept<SkuEvent>() : decision;
    }),
  },
  {
    name: 'half-taken',
    mistake: 'an order that may not be served in part is',
    streams: deciding((state, command, real) => real(state, command.type === 'PlaceReservation' ? { ...command, partial: true } : command)),
  },
  {
    name: 'snapshot-forgets-ended',
    mistake: 'a snapshot leaves out the reservations that have ended, so a repeat is served anew',
    streams: (real) => ({
      ...real,
      snapshot: {
        ...skuSnapshot,
        read: (json) => {
          const state = skuSnapshot.read(json);
          state.ended.clear();
          return state;
        },
      },
    }),
  },
  {
    name: 'snapshot-forgets-holds',
    mistake: 'a snapshot keeps the units on hand and loses who holds them',
    streams: (real) => ({
      ...real,
      snapshot: {
        ...skuSnapshot,
        write: (state) => {
          const balances = new Map([...state.balances].map(([locationId, balance]) => [locationId, { ...balance, reserved: 0 }]));
          return skuSnapshot.write({ ...state, balances, reservations: new Map() });
        },
      },
    }),
  },
];

function withTime(decision: Decision, expiresAt: number): Decision {
  if (decision.kind === 'refused') return decision;
  return accept(...decision.events.map((event) => (event.type === 'ReservationPlaced' ? { ...event, expiresAt } : event)));
}
