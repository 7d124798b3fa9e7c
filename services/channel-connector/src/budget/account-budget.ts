import { pauseOn, type Timers } from '@holdfast/kit';
import type { Budget, LimitShape, ReportedLimit, Spend } from '../providers/tools.js';
import { givenBack, isLendable, LENT_MS, lend, lentAsOf, lentReported, lentWaitMs, type LentLimit } from './lent-limit.js';
import { asOf, fullLimit, leftOf, rateOf, reported, sizeOf, spent, waitMs, type LimitState } from './limit-state.js';
import type { LimitStates, StatesByName } from './limit-states.js';

export interface BudgetTools {
  readonly timers: Timers;
  /** Epoch milliseconds of this process. */
  readonly now: () => number;
  readonly stopped: AbortSignal;
}

/** What the store gave, and how its clock and this process's stood then. */
interface Lent extends LentLimit {
  readonly aheadMs: number;
}

/** A vendor's limits of one account, shared by all processes. */
export class AccountBudget implements Budget {
  private readonly shapes: ReadonlyMap<string, LimitShape>;
  private readonly lent = new Map<string, Lent>();
  /** As the store had them last. Others may have spent since, so no more than this is left. */
  private readonly seen = new Map<string, { readonly state: LimitState; readonly aheadMs: number }>();
  /** Units that the vendor did not count; the next change tells the store. */
  private readonly uncounted = new Map<string, number>();
  private lastTakenAt = Number.NEGATIVE_INFINITY;
  private storing: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly limits: LimitStates,
    shapes: readonly LimitShape[],
    private readonly tools: BudgetTools,
  ) {
    this.shapes = new Map(shapes.map((shape) => [shape.name, shape]));
  }

  async take(spends: readonly Spend[], { urgent = false, mostMs = Number.POSITIVE_INFINITY } = {}): Promise<boolean> {
    const { stopped, timers } = this.tools;
    let waitedMs = 0;
    while (!stopped.aborted) {
      const wait = this.tryLent(spends, urgent) ?? (await this.tryTake(spends, urgent));
      if (wait === 0) return true;
      waitedMs += wait;
      if (waitedMs > mostMs) return false;
      await pauseOn(timers, wait, stopped);
    }
    return false;
  }

  left(limit: string, { urgent = false } = {}): Promise<number> {
    return this.change([limit], (states, now) => ({
      states: new Map(),
      result: leftOf(this.shapeOf(limit), this.stateOf(limit, states, now), urgent, now),
    }));
  }

  async report(reports: readonly ReportedLimit[]): Promise<void> {
    const news = reports.filter((report) => !this.reportLent(report) && this.isNews(report));
    if (news.length === 0) return;
    await this.change(
      news.map(({ limit }) => limit),
      (stored, now) => {
        const states = new Map<string, LimitState>();
        for (const report of news) {
          const state = states.get(report.limit) ?? this.stateOf(report.limit, stored, now);
          states.set(report.limit, reported(this.shapeOf(report.limit), state, report));
        }
        return { states, result: undefined };
      },
    );
  }

  /** @returns milliseconds to wait, 0 where it was taken; undefined where the store must be asked */
  private tryLent(spends: readonly Spend[], urgent: boolean): number | undefined {
    let wait = 0;
    const states = new Map<string, LimitState>();
    for (const { limit, units } of spends) {
      const shape = this.shapeOf(limit);
      const state = states.get(limit) ?? this.lentState(limit);
      if (state === undefined) return undefined;
      wait = Math.max(wait, lentWaitMs(shape, state, units, state.at));
      states.set(limit, spent(state, units));
    }
    if (wait === 0) {
      this.lastTakenAt = this.tools.now();
      for (const [limit, state] of states) this.setLent(limit, state);
    }
    // What is urgent may use the reserve, which is in the store.
    return wait > 0 && (urgent || wait > LENT_MS) ? undefined : wait;
  }

  /** @returns milliseconds to wait, 0 where it was taken */
  private tryTake(spends: readonly Spend[], urgent: boolean): Promise<number> {
    return this.inTurn(async () => {
      const byNow = this.tryLent(spends, urgent);
      if (byNow !== undefined) return byNow;
      const { now } = this.tools;
      const isBusy = now() - this.lastTakenAt < LENT_MS;
      this.lastTakenAt = now();
      return this.changeNow(
        spends.map(({ limit }) => limit),
        (stored, at) => {
          const states = new Map<string, LimitState>();
          let wait = 0;
          for (const { limit, units } of spends) {
            const state = states.get(limit) ?? this.stateOf(limit, stored, at);
            wait = Math.max(wait, waitMs(this.shapeOf(limit), state, units, urgent, at));
            states.set(limit, spent(state, units));
          }
          if (wait > 0) return { states: new Map(), result: wait };
          return { states, result: 0, lends: isBusy };
        },
      );
    });
  }

  /** One change after the other: one that waits finds what the one before it lent. */
  private inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
    const turn = this.storing.then(work);
    this.storing = turn.catch(() => undefined);
    return turn;
  }

  private change<Result>(names: readonly string[], change: Change<Result>): Promise<Result> {
    return this.inTurn(() => this.changeNow(names, change));
  }

  /** Gives back what is lent of these limits, changes them, and lends a part anew where the change says so. */
  private async changeNow<Result>(wanted: readonly string[], change: Change<Result>): Promise<Result> {
    const names = [...new Set(wanted)];
    const begun = this.tools.now();
    const lent = new Map<string, Lent>();
    const returned = new Map(names.flatMap((name) => entryOf(this.lent, name)));
    for (const name of names) this.lent.delete(name);
    const result = await this.limits.change(names, (stored, now) => {
      const whole = new Map(stored);
      const changed = new Map<string, LimitState>();
      for (const name of names) {
        const own = this.withOwn(name, stored.get(name), returned.get(name), now);
        if (own === undefined) continue;
        whole.set(name, own);
        changed.set(name, own);
      }
      const { states, result: given, lends = false } = change(whole, now);
      for (const [name, state] of states) changed.set(name, state);
      for (const name of names) this.saw(name, changed.get(name) ?? whole.get(name), now - begun);
      const all = lends && [...states].every(([name, state]) => isLendable(this.shapeOf(name), state) && state.notBefore <= now);
      if (all)
        for (const [name, state] of states) {
          const parts = lend(this.shapeOf(name), state, now);
          changed.set(name, parts.kept);
          lent.set(name, { ...parts.lent, aheadMs: now - begun });
        }
      return { states: changed, result: given };
    });
    for (const [name, part] of lent) this.lent.set(name, part);
    return result;
  }

  /** @returns whether the answer says nothing that the store must be told */
  private reportLent(report: ReportedLimit): boolean {
    const part = this.lent.get(report.limit);
    const state = this.lentState(report.limit);
    const told = part && state && lentReported(this.shapeOf(report.limit), part, state, report);
    if (told !== undefined) this.setLent(report.limit, told);
    return told !== undefined;
  }

  /** Whether the store must be told now: the rest of what an answer says changes nothing there, or is told with the next change. */
  private isNews({ limit, remaining, returned = 0, perSecond, burst, notBefore }: ReportedLimit): boolean {
    const shape = this.shapeOf(limit);
    const seen = this.seen.get(limit);
    if (seen === undefined || notBefore !== undefined) return true;
    const state = asOf(shape, seen.state, this.tools.now() + seen.aheadMs);
    if (perSecond !== undefined && perSecond !== rateOf(shape, state)) return true;
    if (burst !== undefined && burst !== sizeOf(shape, state)) return true;
    if (remaining !== undefined && remaining < state.level + returned) return true;
    if (returned > 0) this.uncounted.set(limit, (this.uncounted.get(limit) ?? 0) + returned);
    return false;
  }

  /** What is stored with what only this process knows of it; undefined where that is nothing. */
  private withOwn(limit: string, stored: LimitState | undefined, lent: LentLimit | undefined, now: number): LimitState | undefined {
    const returned = this.uncounted.get(limit);
    if (stored === undefined || (lent === undefined && returned === undefined)) return undefined;
    this.uncounted.delete(limit);
    const shape = this.shapeOf(limit);
    const whole = lent === undefined ? asOf(shape, stored, now) : givenBack(shape, stored, lent, now);
    return returned === undefined ? whole : reported(shape, whole, { limit, returned });
  }

  private saw(limit: string, state: LimitState | undefined, aheadMs: number): void {
    if (state !== undefined) this.seen.set(limit, { state, aheadMs });
  }

  private lentState(limit: string): LimitState | undefined {
    const part = this.lent.get(limit);
    return part && lentAsOf(this.shapeOf(limit), part, this.tools.now() + part.aheadMs);
  }

  private setLent(limit: string, state: LimitState): void {
    const part = this.lent.get(limit);
    if (part !== undefined) this.lent.set(limit, { ...part, state });
  }

  private stateOf(limit: string, stored: StatesByName, now: number): LimitState {
    const shape = this.shapeOf(limit);
    return asOf(shape, stored.get(limit) ?? fullLimit(shape, now), now);
  }

  private shapeOf(name: string): LimitShape {
    const shape = this.shapes.get(name);
    if (shape === undefined) throw new Error(`there is no limit ${name}`);
    return shape;
  }
}

/** @param lends whether a part of the limits is lent to this process, which takes of them often */
type Change<Result> = (
  stored: StatesByName,
  now: number,
) => { readonly states: StatesByName; readonly result: Result; readonly lends?: boolean };

const entryOf = <Value>(map: ReadonlyMap<string, Value>, name: string): readonly (readonly [string, Value])[] => {
  const value = map.get(name);
  return value === undefined ? [] : [[name, value]];
};
