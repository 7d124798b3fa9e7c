import type { SkuEvent } from '../events.js';
import { stateAfter } from '../holds/with-held.js';
import type { SkuState } from '../state.js';

const OF_LOTS: ReadonlySet<SkuEvent['type']> = new Set(['LotDeclared', 'LotExpiryChanged', 'LotExpired', 'PositionsCorrected']);

/**
 * The state after a correction of lots or bins that is only tried, as far as positions and held units go. The state that is given stays as
 * it is; only what changes is copied.
 * @param at time of the events, epoch milliseconds
 */
export const lotsAfter = (state: SkuState, events: readonly SkuEvent[], at: number): SkuState =>
  stateAfter(
    state,
    events.filter(({ type }) => OF_LOTS.has(type)),
    at,
  ).state;
