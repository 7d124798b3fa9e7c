import type { LimitShape, ReportedLimit } from '../providers/tools.js';

/** How much of one limit is left. */
export interface LimitState {
  /** Units that were left at `at`. */
  readonly level: number;
  /** Epoch milliseconds. */
  readonly at: number;
  /** Nothing may be spent before, epoch milliseconds. */
  readonly notBefore: number;
  /** As the vendor reported it; the shape's figure where it did not. */
  readonly perSecond: number | null;
  /** Of a bucket, the same. Of a window, the size that `level` is what is left of; null where it was stored without it. */
  readonly burst: number | null;
}

/** Share of a limit that only urgent spending may use. */
const RESERVED = 0.1;

export const fullLimit = (shape: LimitShape, now: number): LimitState => ({
  level: shape.kind === 'bucket' ? shape.burst : shape.most,
  at: now,
  notBefore: 0,
  perSecond: null,
  burst: shape.kind === 'bucket' ? null : shape.most,
});

export const sizeOf = (shape: LimitShape, state: LimitState): number =>
  shape.kind === 'bucket' ? (state.burst ?? shape.burst) : shape.most;
export const rateOf = (shape: LimitShape, state: LimitState): number =>
  shape.kind === 'bucket' ? (state.perSecond ?? shape.perSecond) : 0;
const windowOf = (at: number, windowMs: number): number => Math.floor(at / windowMs);

/** The state as of now: a bucket refilled, a window begun anew. */
export function asOf(shape: LimitShape, state: LimitState, now: number): LimitState {
  if (shape.kind === 'window')
    return windowOf(now, shape.windowMs) > windowOf(state.at, shape.windowMs)
      ? { ...state, level: shape.most, at: now, burst: shape.most }
      : resized(state, shape.most);
  const since = Math.max(0, now - state.at);
  return {
    ...state,
    level: Math.min(sizeOf(shape, state), state.level + (rateOf(shape, state) * since) / 1_000),
    at: Math.max(now, state.at),
  };
}

/** What was spent of a window stays spent where its size is set anew. */
const resized = (state: LimitState, most: number): LimitState =>
  state.burst === null || state.burst === most ? state : { ...state, level: state.level + most - state.burst, burst: most };

/** Units that must stay for urgent spending. Of a window none in its last tenth: what is not spent by then is lost. */
export function reserveOf(shape: LimitShape, state: LimitState, units: number, now: number): number {
  const size = sizeOf(shape, state);
  if (shape.kind === 'window' && (now % shape.windowMs) / shape.windowMs >= 1 - RESERVED) return 0;
  return Math.max(0, Math.min(size * RESERVED, size - units));
}

/** Milliseconds until so many units may be spent, 0 for now. More units than the limit ever holds wait until it is full. @param state as of now */
export function waitMs(shape: LimitShape, state: LimitState, units: number, urgent: boolean, now: number): number {
  const blockedMs = Math.max(0, state.notBefore - now);
  const needed = Math.min(units, sizeOf(shape, state)) + (urgent ? 0 : reserveOf(shape, state, units, now));
  // Fractions of a unit that rounding lost must not cost another wait.
  if (state.level + 1e-9 >= needed) return blockedMs;
  if (shape.kind === 'window') {
    const untilLastTenth = shape.windowMs * (1 - RESERVED) - (now % shape.windowMs);
    const untilNext = shape.windowMs - (now % shape.windowMs);
    const spendableLater = !urgent && state.level >= units && untilLastTenth > 0;
    return Math.max(blockedMs, Math.ceil(spendableLater ? untilLastTenth : untilNext));
  }
  // What a process has lent of a bucket flows to it alone until `at`.
  const lentMs = Math.max(0, state.at - now);
  return Math.max(blockedMs, Math.ceil(lentMs + ((needed - state.level) / rateOf(shape, state)) * 1_000));
}

/** @param state as of now */
export const spent = (state: LimitState, units: number): LimitState => ({ ...state, level: state.level - units });

/** Units that could be spent at once. @param state as of now */
export function leftOf(shape: LimitShape, state: LimitState, urgent: boolean, now: number): number {
  if (state.notBefore > now) return 0;
  return Math.max(0, Math.floor(state.level + 1e-9 - (urgent ? 0 : reserveOf(shape, state, 1, now))));
}

/** The state with what the vendor said. It knows of spending that we do not, so the lesser figure of what is left counts. @param state as of now */
export function reported(shape: LimitShape, state: LimitState, report: ReportedLimit): LimitState {
  const burst = shape.kind === 'bucket' ? (report.burst ?? state.burst) : state.burst;
  const level = Math.min(state.level + (report.returned ?? 0), report.remaining ?? Number.POSITIVE_INFINITY);
  return {
    level: burst === null ? level : Math.min(level, burst),
    at: state.at,
    notBefore: Math.max(state.notBefore, report.notBefore ?? 0),
    perSecond: shape.kind === 'bucket' ? (report.perSecond ?? state.perSecond) : null,
    burst,
  };
}
