import type { ProductDescription } from './commands.js';
import type { Take } from './events.js';
import { addExpiry } from './expiry.js';
import type { Journal, OwnMovement } from './journal.js';
import { initialSkuState, type Balance, type EndedReservation, type InTransit, type OpenReservation, type SkuState } from './state.js';

type Entries<Value> = readonly (readonly [string, Value])[];

interface JournalSnapshot extends Omit<Journal, 'own' | 'presumed'> {
  readonly own: Entries<OwnMovement[]>;
  readonly presumed: Entries<number>;
}

interface SkuSnapshot {
  readonly known: boolean;
  readonly verified: boolean;
  readonly description: ProductDescription;
  readonly balances: Entries<Balance>;
  readonly inTransit: Entries<InTransit>;
  readonly reservations: readonly Omit<OpenReservation, 'slot'>[];
  readonly ended: readonly EndedReservation[];
  readonly endedTransfers: readonly string[];
  readonly journals: Entries<JournalSnapshot>;
  readonly issuedAhead: Entries<readonly Take[]>;
  readonly recentIds: readonly string[];
}

function write(state: SkuState): unknown {
  const snapshot: SkuSnapshot = {
    known: state.known,
    verified: state.verified,
    description: state.description,
    balances: [...state.balances],
    inTransit: [...state.inTransit],
    reservations: [...state.reservations.values()].map(({ slot: _, ...reservation }) => reservation),
    ended: [...state.ended.values()],
    endedTransfers: [...state.endedTransfers],
    journals: [...state.journals].map(([locationId, journal]) => [
      locationId,
      { ...journal, own: [...journal.own], presumed: [...journal.presumed] },
    ]),
    issuedAhead: [...state.issuedAhead],
    recentIds: [...state.recentIds],
  };
  return structuredClone(snapshot);
}

function read(json: unknown): SkuState {
  const snapshot = structuredClone(json) as SkuSnapshot;
  const state: SkuState = {
    ...initialSkuState(),
    known: snapshot.known,
    verified: snapshot.verified,
    description: snapshot.description,
    balances: new Map(snapshot.balances),
    inTransit: new Map(snapshot.inTransit),
    ended: new Map(snapshot.ended.map((reservation) => [reservation.reservationId, reservation])),
    endedTransfers: new Set(snapshot.endedTransfers),
    journals: new Map(
      snapshot.journals.map(([locationId, journal]) => [
        locationId,
        { ...journal, own: new Map(journal.own), presumed: new Map(journal.presumed) },
      ]),
    ),
    issuedAhead: new Map(snapshot.issuedAhead),
    recentIds: new Set(snapshot.recentIds),
  };
  for (const open of snapshot.reservations) {
    const reservation = { ...open, slot: 0 };
    state.reservations.set(reservation.reservationId, reservation);
    addExpiry(state.expiries, reservation);
  }
  return state;
}

/**
 * A SKU's state as plain JSON and back; neither shares anything with the state given. A snapshot made by another `version`
 * must not be read: fold the stream instead.
 */
export const skuSnapshot = { version: 1, write, read } as const;
