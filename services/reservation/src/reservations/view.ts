import type {
  EndedReservation,
  ExplainedTake,
  OpenReservation,
  OrderPhase,
  OrderState,
  Outlook,
  PartialRelease,
  Take,
} from '@holdfast/inventory';
import type { ReservationRow } from '@holdfast/read-model';
import type { PastHold } from '../orders/hold-history.js';

/** A status in -ing is decided and being carried out. `pending`: being placed. `waiting`: holds no units and waits for supply. */
export type ReservationStatus =
  'pending' | 'waiting' | 'held' | 'committing' | 'committed' | 'releasing' | 'released' | 'expiring' | 'expired' | 'refused';

export interface ReservationLine {
  readonly sku: string;
  readonly requested: number;
  /** Units held since the placement, and waiting units that were promoted since. */
  readonly quantity: number;
  /** Of these, committed so far. */
  readonly committed: number;
  /** Released while the rest stayed held; missing for none. */
  readonly released?: number;
  readonly sources: readonly ExplainedTake[];
  /** Units that wait for supply; no date where too little is to come. */
  readonly waiting?: { readonly quantity: number; readonly expectedAt?: number };
}

export interface Reservation {
  readonly reservationId: string;
  readonly orderId: string;
  readonly status: ReservationStatus;
  /** Epoch milliseconds. */
  readonly expiresAt: number;
  readonly channelId?: string;
  readonly lines: readonly ReservationLine[];
}

const units = (takes: readonly Take[]): number => takes.reduce((sum, { quantity }) => sum + quantity, 0);
const channel = (channelId: string | undefined): { channelId?: string } => (channelId === undefined ? {} : { channelId });

/**
 * The view of a reservation of one SKU from the SKU's state. An overdue reservation is shown as expired, also before its expiry is stored.
 */
export function ofSku(sku: string, known: OpenReservation | EndedReservation, at: number, outlook?: Outlook): Reservation {
  const { reservationId, orderId, requested, placed, committed, releases, expiresAt, channelId } = known;
  const line = {
    sku,
    requested,
    quantity: units(placed),
    committed: units(committed),
    ...releasedUnits(sum(releases)),
    sources: placed,
    ...waitingFor(outlook),
  };
  return { reservationId, orderId, status: statusOf(known, at), expiresAt, ...channel(channelId), lines: [line] };
}

const sum = (releases: readonly PartialRelease[]): number => releases.reduce((total, each) => total + each.units, 0);
const releasedUnits = (released: number): Pick<ReservationLine, 'released'> => (released === 0 ? {} : { released });

function waitingFor(outlook: Outlook | undefined): Pick<ReservationLine, 'waiting'> {
  if (outlook === undefined) return {};
  const { units: quantity, expectedAt } = outlook;
  return { waiting: { quantity, ...(expectedAt === undefined ? {} : { expectedAt }) } };
}

function statusOf(known: OpenReservation | EndedReservation, at: number): ReservationStatus {
  if (!('outcome' in known)) {
    // A waiting reservation holds no units, so it counts as expired only once its expiry is stored.
    if (known.waiting !== undefined && known.takes.length === 0) return 'waiting';
    return at < known.expiresAt ? 'held' : 'expired';
  }
  return known.outcome === 'reversed' ? 'released' : known.outcome;
}

/** The view of a reservation from the read model. */
export function ofRow({ reservationId, orderId, status, expiresAt, channelId, lines }: ReservationRow, at: number): Reservation {
  const now = status === 'held' && at >= expiresAt ? 'expired' : status;
  return { reservationId, orderId, status: now, expiresAt, ...channel(channelId ?? undefined), lines };
}

/** The view of a reservation of one SKU from the SKU's stream. */
export function ofPast(sku: string, past: PastHold, at: number): Reservation {
  const { placed, sources, waitingUnits, commits, expiresAt, outcome } = past;
  const { reservationId, orderId, requested, channelId } = placed;
  const committed = [...commits.values()].reduce((sum, each) => sum + units(each), 0);
  const open = outcome === 'open' ? (at < expiresAt ? 'held' : 'expired') : outcome;
  const line = { sku, requested, quantity: units(sources), committed, ...releasedUnits(past.releasedUnits), sources };
  const waits = waitingUnits > 0 ? { waiting: { quantity: waitingUnits } } : {};
  return {
    reservationId,
    orderId,
    status: open === 'reversed' ? 'released' : open,
    expiresAt,
    ...channel(channelId),
    lines: [{ ...line, ...waits }],
  };
}

const STATUS: Readonly<Record<Exclude<OrderPhase, 'none'>, ReservationStatus>> = {
  started: 'pending',
  held: 'held',
  refused: 'refused',
  committing: 'committing',
  committed: 'committed',
  releasing: 'releasing',
  released: 'released',
  expiring: 'expiring',
  expired: 'expired',
};

/** The view of a reservation of several SKUs; undefined where there is none. */
export function ofOrder(state: OrderState, at: number): Reservation | undefined {
  const { phase, reservationId, orderId, expiresAt, channelId } = state;
  if (phase === 'none') return undefined;
  const lines = state.lines.map(({ sku, requested, takes, committedUnits, releasedUnits: released }) => ({
    sku,
    requested,
    quantity: units(takes),
    committed: committedUnits,
    ...releasedUnits(released),
    sources: takes,
  }));
  const status = phase === 'held' && at >= expiresAt ? 'expired' : STATUS[phase];
  return { reservationId, orderId, status, expiresAt, ...channel(channelId), lines };
}
