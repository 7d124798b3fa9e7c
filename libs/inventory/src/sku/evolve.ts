import type { SkuEvent } from './events.js';
import type { SkuState } from './state.js';

/** Applies an event that happened at `at` (epoch milliseconds), in place, and returns the same state. */
export function evolveSku(state: SkuState, event: SkuEvent, at: number): SkuState {
  void event;
  void at;
  return state;
}
