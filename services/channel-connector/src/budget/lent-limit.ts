import type { LimitShape, ReportedLimit } from '../providers/tools.js';
import { asOf, rateOf, reported, reserveOf, sizeOf, waitMs, type LimitState } from './limit-state.js';

/** So long a process spends a part of a limit without asking the store. A 429 that another process gets is seen after that at the latest. */
export const LENT_MS = 100;
/** Share of a window that is lent at once. */
const SHARE_OF_WINDOW = 0.01;
/** Less than this is not worth it: each unit is asked for. */
const LEAST_UNITS = 2;

/**
 * A part of a limit that one process spends by itself for `LENT_MS`: at a vendor that takes thousands of calls a second, five statements of the
 * database for each would cost more than the call. Of a bucket it is all but the reserve, with what flows in meanwhile; of a window a small share.
 */
export interface LentLimit {
  readonly state: LimitState;
  /** By the store's clock. What is stored refills from then on. */
  readonly until: number;
  /** Units that stayed in the store. */
  readonly keptUnits: number;
}

/** Whether so much flows that a part of it is lent. */
export const isLendable = (shape: LimitShape, state: LimitState): boolean =>
  shape.kind === 'bucket' ? rateOf(shape, state) * LENT_MS >= LEAST_UNITS * 1_000 : shape.most * SHARE_OF_WINDOW >= LEAST_UNITS;

/** Parts a limit in what stays in the store and what is lent. @param state as of now, nobody else has a part of it */
export function lend(shape: LimitShape, state: LimitState, now: number): { readonly kept: LimitState; readonly lent: LentLimit } {
  const free = Math.max(0, state.level - reserveOf(shape, state, 1, now));
  const level = shape.kind === 'bucket' ? free : Math.min(free, shape.most * SHARE_OF_WINDOW);
  const until = now + LENT_MS;
  const kept = { ...state, level: state.level - level, at: shape.kind === 'bucket' ? until : now };
  const burst = shape.kind === 'bucket' ? Math.max(1, sizeOf(shape, state) - kept.level) : state.burst;
  return { kept, lent: { state: { ...state, level, at: now, burst }, until, keptUnits: kept.level } };
}

/** What is lent as of now; undefined where its time, or its window, has ended. */
export function lentAsOf(shape: LimitShape, { state, until }: LentLimit, now: number): LimitState | undefined {
  if (now < state.at || now >= until) return undefined;
  const then = asOf(shape, state, now);
  return shape.kind === 'window' && then.at !== state.at ? undefined : then;
}

/** Milliseconds until so much may be spent of what is lent. The reserve stayed in the store, so all of it may be spent. */
export const lentWaitMs = (shape: LimitShape, state: LimitState, units: number, now: number): number =>
  waitMs(shape, state, units, true, now);

/** The stored state with what is left of the part that was lent. @param stored as it is stored, not as of now */
export function givenBack(shape: LimitShape, stored: LimitState, { state, until }: LentLimit, now: number): LimitState {
  const here = asOf(shape, state, shape.kind === 'bucket' ? Math.min(now, until) : now);
  const there = asOf(shape, stored, now);
  if (shape.kind === 'window') {
    const sameWindow = here.at === state.at && Math.floor(there.at / shape.windowMs) === Math.floor(state.at / shape.windowMs);
    return sameWindow ? { ...there, level: Math.min(shape.most, there.level + here.level) } : there;
  }
  // What is stored refills from the end of the time on; where that has not come, the part lent has been refilled until now.
  return {
    ...there,
    level: Math.min(sizeOf(shape, there), there.level + here.level),
    at: there.at === until ? Math.max(now, here.at) : there.at,
  };
}

/**
 * What an answer says of a bucket that is lent, where it is nothing that other processes must know: how much is left, and what was not counted.
 * @returns the state with it; undefined where the store must be told
 */
export function lentReported(
  shape: LimitShape,
  { keptUnits }: LentLimit,
  state: LimitState,
  report: ReportedLimit,
): LimitState | undefined {
  if (shape.kind === 'window' || report.notBefore !== undefined) return undefined;
  if (report.perSecond !== undefined && report.perSecond !== rateOf(shape, state)) return undefined;
  if (report.burst !== undefined && Math.abs(report.burst - keptUnits - sizeOf(shape, state)) > 1) return undefined;
  const { limit, returned, remaining } = report;
  return reported(shape, state, {
    limit,
    ...(returned === undefined ? {} : { returned }),
    ...(remaining === undefined ? {} : { remaining: Math.max(0, remaining - keptUnits) }),
  });
}
