import { heldBy, unchanged } from '../balance-change.js';
import type { EntriesOf } from '../event-entry.js';
import { detailOf } from '../holds/evolve.js';
import { moveLotHolds, shareLotHolds } from '../holds/lot-holds.js';
import type { StockDetail } from '../holds/state.js';
import { ORIGINS_KEPT } from '../limits.js';
import { rememberCommand } from '../recent.js';
import type { EndedReservation, OpenReservation } from '../reservations/state.js';
import type { SkuState } from '../state.js';
import { placeAt } from '../stock-place.js';
import type {
  ChangesPositions,
  LotDeclared,
  LotEvent,
  LotExpired,
  LotExpiryChanged,
  LotInstant,
  LotRenamed,
  PositionsCorrected,
} from './events.js';
import { changePositions, noLots, noteEmpty, soonestExpiry } from './positions.js';
import type { LocationPositions, Lot, LotStock } from './state.js';

export function lotsOf(state: SkuState): LotStock {
  const detail = detailOf(state);
  return (detail.lots ??= noLots());
}

/** Applies the positions of an event of any type, in place. */
export function applyPositions(state: SkuState, { positions, reasonCode }: ChangesPositions & { readonly reasonCode?: string }): void {
  if (positions === undefined) return;
  const stock = lotsOf(state);
  changePositions(stock, positions, detailOf(state).sums.lots);
  if (reasonCode !== 'destroyed') return;
  for (const { lotId = '' } of positions) {
    const lot = stock.lots.get(lotId);
    if (lot?.units === 0) stock.lots.set(lotId, { ...lot, destroyed: true });
  }
}

const instants = (list: readonly LotInstant[]): [string, number][] => list.map(({ locationId, expiresAt }) => [locationId, expiresAt]);

export function lotDeclared(detail: StockDetail & { lots: LotStock }, event: LotDeclared, at: number): void {
  const { lotId, expiryDate, expiresAt, parentLotId } = event;
  const { lots } = detail;
  const known = lots.lots.get(lotId);
  if (known !== undefined) {
    const marked = new Set([...known.marked, ...inheriting(known, expiresAt)]);
    lots.lots.set(lotId, { ...known, marked, expiresAt: new Map([...known.expiresAt, ...instants(expiresAt)]) });
    return;
  }
  const fresh: Lot = {
    lotId,
    expiryDate,
    expiresAt: new Map(instants(expiresAt)),
    expired: new Set(),
    marked: new Set(),
    declaredAt: at,
    parentLotId,
    origins: parentLotId === undefined ? [] : originsWith([], parentLotId, lots),
    formerLotIds: [],
    units: 0,
    destroyed: false,
  };
  lots.formerIds.delete(lotId);
  lots.lots.set(lotId, fresh);
  if (parentLotId !== undefined) shareLotHolds(detail, parentLotId, lotId);
}

/** Where the lot comes to with the instant of a place at which it was marked as expired, its units stay so. */
function inheriting({ marked, expiresAt }: Lot, list: readonly LotInstant[]): readonly string[] {
  if (marked.size === 0) return [];
  const times = new Set([...marked].map((place) => expiresAt.get(place)));
  return list.filter((instant) => times.has(instant.expiresAt)).map(({ locationId }) => locationId);
}

/** Adds a lot, and what it came from itself. */
const originsWith = (origins: readonly string[], lotId: string, { lots }: Pick<LotStock, 'lots'>): readonly string[] =>
  [...new Set([...origins, lotId, ...(lots.get(lotId)?.origins ?? [])])].slice(-ORIGINS_KEPT);

/** A lot that others were merged into is a lot of their goods; where they were marked as expired, so is it. */
function mergedInto({ lots }: LotStock, { positions, locationId }: PositionsCorrected): void {
  const from = new Set(positions.flatMap(({ lotId, delta }) => (lotId !== undefined && delta < 0 ? [lotId] : [])));
  for (const { lotId = '', delta } of positions) {
    const lot = lots.get(lotId);
    if (lot === undefined || delta < 0 || from.has(lotId)) continue;
    const isMarked = lot.expired.has(locationId) && [...from].some((each) => lots.get(each)?.marked.has(locationId) === true);
    lots.set(lotId, {
      ...lot,
      origins: [...from].reduce((origins, each) => originsWith(origins, each, { lots }), lot.origins),
      marked: isMarked ? new Set([...lot.marked, locationId]) : lot.marked,
    });
  }
}

export function lotExpiryChanged(lots: LotStock, { lotId, expiryDate, expiresAt }: LotExpiryChanged): void {
  const lot = lots.lots.get(lotId);
  if (lot === undefined) return;
  const changed = new Map(instants(expiresAt));
  const marked = new Set([...lot.marked].filter((place) => changed.get(place) === lot.expiresAt.get(place)));
  lots.lots.set(lotId, { ...lot, expiryDate, expiresAt: changed, expired: new Set(), marked });
  lots.expiredLots.delete(lotId);
  lots.nextExpiryAt = soonestExpiry(lots);
}

export function lotExpired(lots: LotStock, { lotId, locationIds, because }: LotExpired, at: number): void {
  const lot = lots.lots.get(lotId);
  if (lot === undefined) return;
  const marked = because === 'marked' ? locationIds.map((id): [string, number] => [id, Math.min(at, lot.expiresAt.get(id) ?? at)]) : [];
  lots.lots.set(lotId, {
    ...lot,
    expiresAt: marked.length === 0 ? lot.expiresAt : new Map([...lot.expiresAt, ...marked]),
    expired: new Set([...lot.expired, ...locationIds]),
    marked: marked.length === 0 ? lot.marked : new Set([...lot.marked, ...locationIds]),
  });
  lots.expiredLots.add(lotId);
  lots.nextExpiryAt = soonestExpiry(lots);
}

function lotRenamed(state: SkuState, { lotId, toLotId }: LotRenamed): void {
  const lots = lotsOf(state);
  const lot = lots.lots.get(lotId);
  if (lot === undefined) return;
  const formerLotIds = [...lot.formerLotIds, lotId];
  lots.lots.delete(lotId);
  lots.lots.set(toLotId, { ...lot, lotId: toLotId, formerLotIds });
  for (const former of formerLotIds) lots.formerIds.set(former, toLotId);
  lots.formerIds.delete(toLotId);
  if (lots.emptied.delete(lotId)) noteEmpty(lots, toLotId, detailOf(state).sums.lots);
  if (lots.expiredLots.delete(lotId)) lots.expiredLots.add(toLotId);
  for (const other of lots.lots.values())
    if (other.origins.includes(lotId)) lots.lots.set(other.lotId, renamedOrigin(other, lotId, toLotId));
  for (const location of lots.locations.values()) rename(location, lotId, toLotId);
  for (const transfer of state.inTransit.values()) {
    transfer.lots = transfer.lots?.map((part) => (part.lotId === lotId ? { ...part, lotId: toLotId } : part));
    if (transfer.hold?.lotId === lotId) transfer.hold = { ...transfer.hold, lotId: toLotId };
  }
  for (const reservation of [...state.reservations.values(), ...state.ended.values()]) renameCommitted(reservation, lotId, toLotId);
  moveLotHolds(detailOf(state), lotId, toLotId);
}

const renamedOrigin = (lot: Lot, lotId: string, toLotId: string): Lot => ({
  ...lot,
  parentLotId: lot.parentLotId === lotId ? toLotId : lot.parentLotId,
  origins: lot.origins.map((each) => (each === lotId ? toLotId : each)),
});

/** What comes back of a commit, and what an ERP posts of it, is of the lot under its id of then. */
function renameCommitted(reservation: OpenReservation | EndedReservation, lotId: string, toLotId: string): void {
  if (!reservation.commits.some(({ positions }) => positions?.some((change) => change.lotId === lotId))) return;
  reservation.commits = reservation.commits.map(({ positions, ...commit }) => ({
    ...commit,
    ...(positions === undefined
      ? {}
      : { positions: positions.map((change) => (change.lotId === lotId ? { ...change, lotId: toLotId } : change)) }),
  }));
}

function rename({ lots }: LocationPositions, lotId: string, toLotId: string): void {
  const there = lots.get(lotId);
  if (there === undefined) return;
  lots.delete(lotId);
  lots.set(toLotId, there);
}

/** A command that only makes lots known remembers nothing of its own: the event that needs them does. */
const remembered = (state: SkuState, commandId: string | undefined): void => {
  if (commandId !== undefined) rememberCommand(state, commandId);
};

export const lotEntries: EntriesOf<LotEvent> = {
  LotControlSet: {
    evolve: (state, { control, commandId }) => {
      lotsOf(state).control = control;
      remembered(state, commandId);
    },
    balances: unchanged,
    step: 'fact',
    words: 'How lots of the SKU are kept: not at all, where known, or for every unit.',
  },
  LotDeclared: {
    evolve: (state, event, at) => {
      const detail = detailOf(state);
      lotDeclared({ ...detail, lots: lotsOf(state) }, event, at);
    },
    balances: unchanged,
    step: 'fact',
    words: 'A lot became known, or came to a further location.',
  },
  LotExpiryChanged: {
    evolve: (state, event) => {
      lotExpiryChanged(lotsOf(state), event);
      remembered(state, event.commandId);
    },
    balances: unchanged,
    step: 'fact',
    words: 'A lot has another expiry date, or none.',
  },
  LotRenamed: {
    evolve: (state, event) => {
      lotRenamed(state, event);
      remembered(state, event.commandId);
    },
    balances: unchanged,
    step: 'fact',
    words: 'A lot has another id; the former one still finds it.',
  },
  LotExpired: {
    evolve: (state, event, at) => {
      lotExpired(lotsOf(state), event, at);
      remembered(state, event.commandId);
    },
    balances: ({ locationIds }) => locationIds.map((locationId) => heldBy(placeAt(locationId), 0)),
    step: 'fact',
    words: 'Units of a lot are expired: they stay on hand and may not leave.',
  },
  PositionsCorrected: {
    evolve: (state, event) => {
      const lots = lotsOf(state);
      if (event.kind === 'merge') mergedInto(lots, event);
      rememberCommand(state, event.commandId);
    },
    balances: ({ locationId }) => [heldBy(placeAt(locationId), 0)],
    step: 'fact',
    words: 'Units changed lot or bin at a location; on hand stays.',
  },
};
