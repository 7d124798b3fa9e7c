import { pauseOn, type Timers } from '@holdfast/kit';
import type { Budget, LimitShape, ReportedLimit, Spend } from '../providers/tools.js';
import { asOf, fullLimit, leftOf, reported, spent, waitMs, type LimitState } from './limit-state.js';
import type { LimitStates, StatesByName } from './limit-states.js';

/** A vendor's limits of one account, shared by all processes. */
export class AccountBudget implements Budget {
  private readonly shapes: ReadonlyMap<string, LimitShape>;

  constructor(
    private readonly limits: LimitStates,
    shapes: readonly LimitShape[],
    private readonly timers: Timers,
    private readonly stopped: AbortSignal,
  ) {
    this.shapes = new Map(shapes.map((shape) => [shape.name, shape]));
  }

  async take(spends: readonly Spend[], { urgent = false, mostMs = Number.POSITIVE_INFINITY } = {}): Promise<boolean> {
    let waitedMs = 0;
    while (!this.stopped.aborted) {
      const wait = await this.tryTake(spends, urgent);
      if (wait === 0) return true;
      waitedMs += wait;
      if (waitedMs > mostMs) return false;
      await pauseOn(this.timers, wait, this.stopped);
    }
    return false;
  }

  left(limit: string, { urgent = false } = {}): Promise<number> {
    return this.limits.change([limit], (stored, now) => {
      const shape = this.shapeOf(limit);
      return { states: new Map(), result: leftOf(shape, stateOf(shape, stored, now), urgent, now) };
    });
  }

  async report(reports: readonly ReportedLimit[]): Promise<void> {
    if (reports.length === 0) return;
    await this.limits.change(
      reports.map(({ limit }) => limit),
      (stored, now) => {
        const states = new Map<string, LimitState>();
        for (const report of reports) {
          const shape = this.shapeOf(report.limit);
          states.set(report.limit, reported(shape, states.get(report.limit) ?? stateOf(shape, stored, now), report));
        }
        return { states, result: undefined };
      },
    );
  }

  /** @returns milliseconds to wait, 0 where it was taken */
  private tryTake(spends: readonly Spend[], urgent: boolean): Promise<number> {
    return this.limits.change(
      spends.map(({ limit }) => limit),
      (stored, now) => {
        const states = new Map<string, LimitState>();
        let wait = 0;
        for (const { limit, units } of spends) {
          const shape = this.shapeOf(limit);
          const state = states.get(limit) ?? stateOf(shape, stored, now);
          wait = Math.max(wait, waitMs(shape, state, units, urgent, now));
          states.set(limit, spent(state, units));
        }
        return wait > 0 ? { states: new Map(), result: wait } : { states, result: 0 };
      },
    );
  }

  private shapeOf(name: string): LimitShape {
    const shape = this.shapes.get(name);
    if (shape === undefined) throw new Error(`there is no limit ${name}`);
    return shape;
  }
}

const stateOf = (shape: LimitShape, stored: StatesByName, now: number): LimitState =>
  asOf(shape, stored.get(shape.name) ?? fullLimit(shape, now), now);
