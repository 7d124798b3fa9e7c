import { accept, type SkuCommand, type SkuEvent, type SkuState } from '@holdfast/inventory';
import { deciding, type Plant } from './plant.js';

/** The state as if nothing were held. */
const unheld = (state: SkuState): SkuState => ({
  ...state,
  detail: undefined,
  balances: new Map([...state.balances].map(([locationId, balance]) => [locationId, { ...balance, held: 0 }])),
});

/** Decides commands of a type as if nothing were held. */
const forgettingHolds = (type: SkuCommand['type']): NonNullable<Plant['streams']> =>
  deciding((state, command, real) => real(command.type === type && state.detail !== undefined ? unheld(state) : state, command));

const isPromotion = ({ type }: SkuEvent): boolean => type === 'ReservationPromoted';

/** Mistakes with units that may not leave. */
export const holdingPlants: readonly Plant[] = [
  { name: 'held-units-promised', mistake: 'held units are promised to a new reservation', streams: forgettingHolds('PlaceReservation') },
  { name: 'held-units-sold', mistake: 'a commit takes held units', streams: forgettingHolds('CommitReservation') },
  {
    name: 'held-units-promoted',
    mistake: 'what waited is served from held units',
    streams: deciding((state, command, real) => {
      const decision = real(state, command);
      if (state.detail === undefined || decision.kind === 'refused' || command.type !== 'ReceiveStock') return decision;
      const other = real(unheld(state), command);
      const promotions = other.kind === 'refused' ? [] : other.events.filter(isPromotion);
      return accept<SkuEvent>(...decision.events.filter((event) => !isPromotion(event)), ...promotions);
    }),
  },
  {
    name: 'recall-misses-receipt',
    mistake: 'what arrives under a hold is free',
    streams: deciding((state, command, real) => {
      const decision = real(state, command);
      if (decision.kind === 'refused') return decision;
      const events = decision.events.map((event): SkuEvent => {
        if (event.type !== 'StockReceived') return event;
        const { held: _, ...free } = event;
        return free;
      });
      return accept<SkuEvent>(...events);
    }),
  },
];
