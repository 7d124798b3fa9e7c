import { LateMap, LateSet } from '../late-collections.js';
import { countOpen } from './allocations/evolve.js';
import type { AllocationState, SkuLimits } from './allocations/state.js';
import { detailOf } from './holds/evolve.js';
import { countHold } from './holds/hold-sums.js';
import type { EndedHold, StockDetail, StockHold } from './holds/state.js';
import { lotsSnapshot, readLots, type LotsSnapshot } from './lots/snapshot-lots.js';
import type { Journal, OwnMovement } from './reconciliation/journal.js';
import { addExpiry } from './reservations/expiry.js';
import type { EndedReservation } from './reservations/state.js';
import { holdColumns, openReservations, type HoldColumns } from './snapshot-holds.js';
import { noteEnded, noteOrder } from './reservations/orders.js';
import { initialSkuState, type Balance, type EndedTransfer, type InTransit, type SkuState } from './state.js';
import type { Take } from './stock-place.js';
import type { ProductDescription } from './stock/commands.js';
import type { BackorderPolicy } from './supply/events.js';
import { startWaiting, supplyOf } from './supply/evolve.js';
import type { Inbound } from './supply/state.js';
import { totalUnits } from './takes.js';

type Entries<Value> = readonly (readonly [string, Value])[];

interface JournalSnapshot extends Omit<Journal, 'own' | 'presumed'> {
  readonly own: Entries<OwnMovement[]>;
  readonly presumed: Entries<number>;
}

interface SkuSnapshot {
  readonly known: boolean;
  readonly verified: boolean;
  readonly description: ProductDescription;
  /** `held` is missing where nothing is held. */
  readonly balances: Entries<Omit<Balance, 'held'> & Partial<Balance>>;
  readonly inTransit: Entries<InTransit>;
  readonly reservations: HoldColumns;
  readonly ended: readonly EndedReservation[];
  readonly reversedCommits: readonly string[];
  /** `endedAt` and `transfersForgottenUntil` may be missing in snapshots written before they were kept. */
  readonly endedTransfers: Entries<Omit<EndedTransfer, 'endedAt'> & Partial<EndedTransfer>>;
  readonly transfersForgottenUntil?: number | undefined;
  readonly journals: Entries<JournalSnapshot>;
  readonly issuedAhead: Entries<readonly Take[]>;
  readonly recentCommands: readonly string[];
  readonly recentMessages: readonly string[];
  readonly inbound?: readonly Inbound[];
  readonly lots?: LotsSnapshot;
  readonly holds?: { readonly open: readonly StockHold[]; readonly ended: Entries<EndedHold> };
  readonly limits?: Omit<SkuLimits, 'allocations' | 'holderUnits' | 'backorders'> & {
    readonly holderUnits?: number;
    readonly backorders?: BackorderPolicy;
    readonly allocations: Entries<AllocationState>;
  };
}

const copies = <Value extends object>(entries: Iterable<readonly [string, Value]>): [string, Value][] =>
  [...entries].map(([key, value]) => [key, { ...value }]);

const transits = (inTransit: Iterable<readonly [string, InTransit]>): [string, InTransit][] =>
  [...inTransit].map(([transferId, transfer]) => [transferId, { ...transfer, receiptIds: [...transfer.receiptIds] }]);

const movements = (own: Iterable<readonly [string, readonly OwnMovement[]]>): [string, OwnMovement[]][] =>
  [...own].map(([key, parts]) => [key, parts.map((part) => ({ ...part }))]);

function write(state: SkuState): unknown {
  const snapshot: SkuSnapshot = {
    known: state.known,
    verified: state.verified,
    description: state.description,
    balances: [...state.balances].map(([place, { held, ...balance }]) => [place, held === 0 ? balance : { ...balance, held }]),
    inTransit: transits(state.inTransit),
    reservations: holdColumns(state.reservations.values()),
    ended: [...state.ended.values()].map((reservation) => ({ ...reservation })),
    reversedCommits: [...state.reversedCommits],
    endedTransfers: [...state.endedTransfers],
    transfersForgottenUntil: state.transfersForgottenUntil,
    journals: [...state.journals].map(([locationId, journal]) => [
      locationId,
      { ...journal, dated: journal.dated.map((part) => ({ ...part })), own: movements(journal.own), presumed: [...journal.presumed] },
    ]),
    issuedAhead: [...state.issuedAhead],
    recentCommands: [...state.recentCommands],
    recentMessages: [...state.recentMessages],
    ...(state.supply === undefined ? {} : { inbound: [...state.supply.inbound.values()].map((inbound) => ({ ...inbound })) }),
    ...(state.limits === undefined ? {} : { limits: limitsSnapshot(state.limits) }),
    ...(state.detail === undefined ? {} : { holds: holdsSnapshot(state.detail) }),
    ...(state.detail?.lots === undefined ? {} : { lots: lotsSnapshot(state.detail.lots) }),
  };
  return snapshot;
}

const copyOfHold = (hold: StockHold): StockHold => ({ ...hold, releaseIds: [...hold.releaseIds] });

const holdsSnapshot = ({ holds, endedHolds }: StockDetail): NonNullable<SkuSnapshot['holds']> => ({
  open: [...holds.values()].map(copyOfHold),
  ended: copies(endedHolds),
});

const limitsSnapshot = ({ overbookingUnits, holderUnits, backorders, allocations }: SkuLimits): NonNullable<SkuSnapshot['limits']> => ({
  overbookingUnits,
  ...(holderUnits === undefined ? {} : { holderUnits }),
  ...(backorders === undefined ? {} : { backorders }),
  allocations: copies(allocations),
});

function read(json: unknown): SkuState {
  const snapshot = json as SkuSnapshot;
  const state: SkuState = {
    ...initialSkuState(),
    known: snapshot.known,
    verified: snapshot.verified,
    description: snapshot.description,
    balances: new Map(snapshot.balances.map(([place, balance]) => [place, { ...balance, held: balance.held ?? 0 }])),
    inTransit: new LateMap(transits(snapshot.inTransit)),
    ended: new LateMap(snapshot.ended.map((reservation) => [reservation.reservationId, { ...reservation }])),
    reversedCommits: new LateSet(snapshot.reversedCommits),
    endedTransfers: new LateMap(snapshot.endedTransfers.map(([transferId, ended]) => [transferId, { endedAt: 0, ...ended }])),
    transfersForgottenUntil: snapshot.transfersForgottenUntil,
    journals: new Map(snapshot.journals.map(([locationId, journal]) => [locationId, journalOf(journal)])),
    issuedAhead: new LateMap(snapshot.issuedAhead),
    recentCommands: new LateSet(snapshot.recentCommands),
    recentMessages: new LateSet(snapshot.recentMessages),
    limits: snapshot.limits && {
      holderUnits: undefined,
      backorders: undefined,
      ...snapshot.limits,
      allocations: new Map(copies(snapshot.limits.allocations)),
    },
  };
  for (const ended of state.ended.values()) noteEnded(state, ended);
  if (snapshot.holds !== undefined) readHolds(state, snapshot.holds);
  if (snapshot.lots !== undefined) detailOf(state).lots = readLots(snapshot.lots);
  for (const inbound of snapshot.inbound ?? []) supplyOf(state).inbound.set(inbound.reference, { ...inbound });
  for (const reservation of openReservations(snapshot.reservations)) {
    noteOrder(state, reservation);
    state.reservations.set(reservation.reservationId, reservation);
    addExpiry(state.expiries, reservation);
    startWaiting(state, reservation);
    const { holderId, takes, waiting } = reservation;
    // The allocations contain their counts; the open units of the holders are counted from the reservations.
    if (holderId !== undefined) countOpen(state, { holderId }, totalUnits(takes) + (waiting?.units ?? 0));
  }
  return state;
}

function readHolds(state: SkuState, { open, ended }: NonNullable<SkuSnapshot['holds']>): void {
  const { holds, endedHolds, sums } = detailOf(state);
  for (const [holdId, hold] of copies(ended)) endedHolds.set(holdId, hold);
  for (const hold of open) {
    // JSON leaves the units of a hold without a quantity out.
    holds.set(hold.holdId, { ...copyOfHold(hold), openUnits: hold.openUnits });
    const { locationId, openUnits, lotIds } = hold;
    countHold(sums, { locationId, lotIds, quantity: openUnits }, 1);
  }
}

const journalOf = (journal: JournalSnapshot): Journal => ({
  ...journal,
  dated: journal.dated.map((part) => ({ ...part })),
  own: new LateMap(movements(journal.own)),
  presumed: new LateMap(journal.presumed),
});

/**
 * Writes a SKU's state as plain JSON and reads it back; state and JSON share no objects. A snapshot of another `version` must not be read:
 * fold the stream instead.
 */
export const skuSnapshot = { version: 7, write, read } as const;
