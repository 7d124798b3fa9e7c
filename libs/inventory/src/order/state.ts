import type { ExplainedTake } from '../sku/stock-place.js';
import type { CommitLine, OrderEvent, OrderLine, ShortLine } from './events.js';

/** `none` before the first event. A watchdog continues a phase in -ing; refused, committed, released and expired are terminal. */
export type OrderPhase =
  'none' | 'started' | 'held' | 'refused' | 'committing' | 'committed' | 'releasing' | 'released' | 'expiring' | 'expired';

export interface OrderStateLine {
  readonly sku: string;
  readonly requested: number;
  /** The takes of the first hold. */
  readonly takes: readonly ExplainedTake[];
  readonly heldUnits: number;
  readonly committedUnits: number;
  /** Units released while the rest stayed held. */
  readonly releasedUnits: number;
}

export interface RunningCommit {
  readonly commitId: string;
  readonly at: number;
  readonly lines: readonly CommitLine[];
  readonly soldAt?: number;
}

/** A part whose release is under way. */
export interface RunningReduction {
  readonly reductionId: string;
  readonly lines: readonly OrderLine[];
}

export interface OrderState {
  readonly phase: OrderPhase;
  /** When the phase began. A watchdog needs only the phase, `aliveAt` and `expiresAt`. */
  readonly phaseSince: number;
  /** When the process at work last showed itself: at the begin of the phase, or later while the order is being started. */
  readonly aliveAt: number;
  readonly reservationId: string;
  readonly orderId: string;
  readonly requestHash: string;
  readonly ttlMs: number;
  readonly expiresAt: number;
  readonly partial: boolean;
  readonly channelId?: string;
  readonly locationId?: string;
  readonly lines: readonly OrderStateLine[];
  /** Of a refused order. */
  readonly short: readonly ShortLine[];
  readonly running?: RunningCommit;
  /** Set while a part of the order is being released; the phase is `releasing` then. */
  readonly reduction?: RunningReduction;
  /** Ids of finished commits. */
  readonly commitIds: readonly string[];
  /** Ids of parts that were released. */
  readonly reductionIds: readonly string[];
}

export const initialOrderState = (): OrderState => ({
  phase: 'none',
  phaseSince: 0,
  aliveAt: 0,
  reservationId: '',
  orderId: '',
  requestHash: '',
  ttlMs: 0,
  expiresAt: 0,
  partial: false,
  lines: [],
  short: [],
  commitIds: [],
  reductionIds: [],
});

const enter = (state: OrderState, phase: OrderPhase, at: number): OrderState => ({ ...state, phase, phaseSince: at, aliveAt: at });

const ended = (state: OrderState, phase: 'released' | 'expired', at: number): OrderState => {
  const { running: _, ...rest } = enter(state, phase, at);
  return { ...rest, lines: state.lines.map((line) => ({ ...line, heldUnits: 0 })) };
};

/** The order without the released part. */
function reduced(state: OrderState, reductionId: string, at: number): OrderState {
  const { reduction, ...rest } = enter(state, 'held', at);
  const released = new Map(reduction?.lines.map(({ sku, quantity }) => [sku, quantity]));
  const lines = state.lines.map((line) => {
    const now = released.get(line.sku) ?? 0;
    return { ...line, heldUnits: line.heldUnits - now, releasedUnits: line.releasedUnits + now };
  });
  return { ...rest, lines, reductionIds: [...state.reductionIds, reductionId] };
}

const units = (takes: readonly { readonly quantity: number }[]): number => takes.reduce((sum, take) => sum + take.quantity, 0);

/** Applies an event that happened at `at` and returns the new state. */
export function evolveOrder(state: OrderState, event: OrderEvent, at: number): OrderState {
  switch (event.type) {
    case 'OrderStarted': {
      const { type: _, lines, ...order } = event;
      const fresh = lines.map(({ sku, quantity }) => ({
        sku,
        requested: quantity,
        takes: [],
        heldUnits: 0,
        committedUnits: 0,
        releasedUnits: 0,
      }));
      return { ...enter(state, 'started', at), ...order, lines: fresh };
    }
    case 'OrderContinued':
      return { ...state, aliveAt: at };
    case 'OrderHeld': {
      const lines = event.lines.map((line) => ({ ...line, heldUnits: units(line.takes), committedUnits: 0, releasedUnits: 0 }));
      return { ...enter(state, 'held', at), lines, expiresAt: event.expiresAt };
    }
    case 'OrderRefused':
      return { ...enter(state, 'refused', at), short: event.lines };
    case 'OrderCommitStarted': {
      const { type: _, ...running } = event;
      return { ...enter(state, 'committing', at), running };
    }
    case 'OrderCommitted': {
      const { running: _, ...rest } = enter(state, event.openUnits === 0 ? 'committed' : 'held', at);
      const committed = new Map(event.lines.map(({ sku, takes }) => [sku, units(takes)]));
      const lines = state.lines.map((line) => {
        const now = committed.get(line.sku) ?? 0;
        return { ...line, heldUnits: line.heldUnits - now, committedUnits: line.committedUnits + now };
      });
      return { ...rest, lines, commitIds: [...state.commitIds, event.commitId] };
    }
    case 'OrderReductionStarted':
      return { ...enter(state, 'releasing', at), reduction: { reductionId: event.reductionId, lines: event.lines } };
    case 'OrderReduced':
      return reduced(state, event.reductionId, at);
    case 'OrderReleaseStarted':
      return enter(state, 'releasing', at);
    case 'OrderExpiryStarted':
      return enter(state, 'expiring', at);
    case 'OrderReleased':
      return ended(state, 'released', at);
    case 'OrderCommitFailed':
    case 'OrderExpired':
      return ended(state, 'expired', at);
    case 'OrderExtended':
      return { ...state, expiresAt: event.expiresAt };
    default:
      return event satisfies never;
  }
}
