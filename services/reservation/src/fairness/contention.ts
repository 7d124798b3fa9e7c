import type { PlaceReservation, SkuEvent } from '@holdfast/inventory';
import type { ArrivedCommand, ServedCommand } from '@holdfast/ledger';

/**
 * `waiting`: granted, but some of the units or all of them wait for supply. `repeated`: it had been granted before. `turned_away`: the queue was
 * full, so it was not served at all.
 */
export type ContenderOutcome = 'granted' | 'waiting' | 'refused' | 'repeated' | 'turned_away';

/** A command that wanted units of a SKU at the same time as others, or was refused them. */
export interface Contender {
  /** Counts up in the process in the order in which commands came. */
  readonly arrival: number;
  /** Epoch milliseconds. */
  readonly arrivedAt: number;
  readonly outcome: ContenderOutcome;
  /** Of a refusal. */
  readonly code?: string;
  readonly reservationId: string;
  readonly orderId: string;
  readonly channelId?: string;
  readonly holderId?: string;
  readonly quantity: number;
}

type Command = ArrivedCommand['command'];

const isPlacement = (command: Command): command is PlaceReservation => 'type' in command && command.type === 'PlaceReservation';

/** Returns the commands of a turn that wanted units, in the order in which they were served; none where a single one was granted. */
export function contendersOf(served: readonly ServedCommand[]): readonly Contender[] {
  const contenders = served.flatMap((one) => {
    const outcome = outcomeOf(one);
    return outcome === undefined || !isPlacement(one.command) ? [] : [contenderOf(one.arrival, one.command, outcome, one.code)];
  });
  return contenders.length > 1 || contenders.some(({ outcome }) => outcome === 'refused') ? contenders : [];
}

/** The contender of a command that met a full queue; undefined for commands that want no units. */
export const turnedAway = ({ arrival, command }: ArrivedCommand): Contender | undefined =>
  isPlacement(command) ? contenderOf(arrival, command, 'turned_away') : undefined;

type Placed = Extract<SkuEvent, { readonly type: 'ReservationPlaced' }>;
type OfTurn = ServedCommand['events'][number];

const isPlaced = (event: OfTurn): event is Placed => event.type === 'ReservationPlaced';
const isWaiting = (event: OfTurn): boolean => isPlaced(event) && event.waiting !== undefined;

function outcomeOf({ decision, events }: ServedCommand): ContenderOutcome | undefined {
  switch (decision) {
    case 'accepted':
      if (events.length === 0) return 'repeated';
      return events.some(isWaiting) ? 'waiting' : 'granted';
    case 'refused':
      return 'refused';
    case 'failed':
      return undefined;
    default:
      return decision satisfies never;
  }
}

function contenderOf(arrival: number, command: PlaceReservation, outcome: ContenderOutcome, code?: string): Contender {
  const { at, reservationId, orderId, channelId, holderId, quantity } = command;
  return {
    arrival,
    arrivedAt: at,
    outcome,
    ...(code === undefined ? {} : { code }),
    reservationId,
    orderId,
    ...(channelId === undefined ? {} : { channelId }),
    ...(holderId === undefined ? {} : { holderId }),
    quantity,
  };
}
