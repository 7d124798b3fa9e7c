import { tell, wellTelling, type Outcome, type Telling } from './telling.js';

/** Whether a location can keep what it promised: more is reserved than lies there, or what lies there may not leave. */
export type PromiseRisk = 'none' | 'oversell_risk' | 'promise_uncovered';

export type PromiseAlertKind = Exclude<PromiseRisk, 'none'> | 'recovered';

export type PromiseTelling = Telling<PromiseRisk, PromiseAlertKind>;

export const initialPromiseTelling = (): PromiseTelling => wellTelling('none');

export interface PromiseFigures {
  readonly onHand: number;
  readonly reserved: number;
  /** On hand less reserved and held units; none where a channel keeps the units. */
  readonly available: number;
}

export function promiseRisk({ onHand, reserved, available }: PromiseFigures): PromiseRisk {
  if (reserved > onHand) return 'oversell_risk';
  return available < 0 ? 'promise_uncovered' : 'none';
}

/** Compares what a location promised with what it can keep. Asked again with the same figures, it tells nothing. */
export function decidePromiseAlert(before: PromiseTelling, figures: PromiseFigures, now: number): Outcome<PromiseRisk, PromiseAlertKind> {
  const level = promiseRisk(figures);
  const kind = level === before.toldLevel ? undefined : level === 'none' ? 'recovered' : level;
  return tell(before, { level, kind }, 'none', now);
}
