import type { LimitState } from './limit-state.js';

export type StatesByName = ReadonlyMap<string, LimitState>;

/** The limits of one account as all processes share them. */
export interface LimitStates {
  /**
   * Gives the stored states of these limits to `change`, which nobody else of the account runs meanwhile, and stores the states that it returns.
   * A limit that nothing was spent of yet has no state. @param change gets the store's time, epoch milliseconds: clocks of processes differ
   */
  change<Result>(
    names: readonly string[],
    change: (stored: StatesByName, now: number) => { readonly states: StatesByName; readonly result: Result },
  ): Promise<Result>;
}
