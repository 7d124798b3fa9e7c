import { refuse } from '../../decision.js';
import { servingNobody } from '../../locations/serving.js';
import { bounds, EndedHolds, type Bound } from '../allocations/bounds.js';
import { overbookedAt, overbookingLeft } from '../allocations/overbooking.js';
import type { SkuDecision } from '../refusals.js';
import { alsoClosed, type Closed } from '../sources/closed.js';
import { freeStock, type FreeStock } from '../sources/free-stock.js';
import { availableTo, openStock, promisableUnits } from '../sources/owed.js';
import type { Source } from '../sources/source-policy.js';
import { planSources, type SourcePlan } from '../sources/sources.js';
import type { SkuState } from '../state.js';
import { backorder, type Backorder } from '../supply/backorders.js';
import { totalUnits } from '../takes.js';
import type { PlaceReservation } from './commands.js';

/** The takes of a reservation; `available` is what the candidates could serve without limits. */
export interface LimitedPlan extends SourcePlan {
  /** Of the takes, units beyond on hand. */
  readonly overbookedUnits: number;
  /** Units that are left of the budget for overbooking. */
  readonly overbookingLeft: number;
  readonly bound: Bound;
  /** Of the missing units, those that may wait; 0 if the request does not ask for it or may not wait. */
  readonly waitingUnits: number;
  /** Units that the SKU could promise to this request without limits. */
  readonly promisable: number;
  /** The supply that a reservation could wait for; undefined if it may not wait. */
  readonly backorder: Backorder | undefined;
}

type HeldPlan = Omit<LimitedPlan, 'waitingUnits' | 'promisable' | 'backorder'>;

/** Plans within caps, floors, limits per holder and the budget for overbooking; units on hand are taken first. */
export function planWithinLimits(
  state: SkuState,
  command: PlaceReservation,
  sources: readonly Source[],
  known: Closed,
): { readonly stock: FreeStock; readonly plan: LimitedPlan } {
  const ended = new EndedHolds();
  const closed = alsoClosed(known, servingNobody(command.sources));
  const planned = (all: Pick<FreeStock, 'available' | 'freed'>): HeldPlan => {
    const open = openStock(all, closed);
    const left = overbookingLeft(state, open.freed);
    const bound = bounds(state, command, ended, () => promisableUnits(state, open) + left);
    const wanted = Math.min(command.quantity, bound.units);
    const mine = availableTo(state, sources, open);
    return { ...planUnits(state, { ...command, quantity: wanted }, sources, mine, left), overbookingLeft: left, bound };
  };
  const isEnough: Parameters<typeof freeStock>[2] = (available, freed) =>
    totalUnits(planned({ available, freed }).takes) >= command.quantity;
  const all = freeStock(state, command.at, isEnough, { onEnd: (hold) => ended.add(hold), closed });
  const stock = openStock(all, closed);
  const held = planned(stock);
  // While a reservation waits, neither the budget for overbooking nor a floor may be used by new ones.
  const promised = (unitsToCome: number): Bound =>
    bounds(state, command, ended, () => promisableUnits(state, stock) + held.overbookedUnits + unitsToCome);
  return { stock, plan: withWaiting(state, command, held, stock.before, promised) };
}

/**
 * Plans waiting for units that are missing for lack of stock. A reservation that a limit keeps from free units does not wait either: it
 * would get them by promotion as soon as anything became free.
 */
function withWaiting(
  state: SkuState,
  command: PlaceReservation,
  held: HeldPlan,
  before: FreeStock['before'],
  promised: (unitsToCome: number) => Bound,
): LimitedPlan {
  const units = totalUnits(held.takes);
  const missing = command.quantity - units;
  const supply = missing > 0 ? backorder(state, command, held.eligible, before) : undefined;
  const promisable = held.available + held.overbookingLeft;
  if (supply === undefined || command.backorder !== true || units < held.available) {
    return { ...held, waitingUnits: 0, promisable, backorder: supply };
  }
  const bound = promised(supply.unitsToCome);
  const waitingUnits = Math.max(0, Math.min(missing, supply.units, bound.units - units));
  return { ...held, bound, waitingUnits, promisable: promisable + supply.units, backorder: supply };
}

function planUnits(
  state: SkuState,
  command: PlaceReservation,
  sources: readonly Source[],
  available: FreeStock['available'],
  left: number,
): SourcePlan & Pick<LimitedPlan, 'overbookedUnits'> {
  const plain = planSources(sources, available, command);
  if (command.quantity === 0) return { ...plain, takes: [], overbookedUnits: 0 };
  const first = plain.eligible[0]?.locationId;
  const overbookedUnits = Math.min(left, Math.max(0, command.quantity - plain.available));
  if (overbookedUnits === 0 || first === undefined || !state.balances.has(first)) return { ...plain, overbookedUnits: 0 };
  const { takes } = planSources(sources, overbookedAt(available, first, overbookedUnits), command);
  return { ...plain, takes, overbookedUnits };
}

/** Returns the refusal of the limit that binds, with its figures; undefined when the only reason is lack of stock. */
export function limitRefusal(state: SkuState, command: PlaceReservation, plan: LimitedPlan): SkuDecision | undefined {
  const { available, bound, overbookingLeft: left, promisable } = plan;
  const { quantity: requested } = command;
  if (bound.code !== undefined && bound.units < requested && bound.units <= promisable) {
    return refuse(bound.code, { requested, available: bound.units, ...bound.figures });
  }
  const budget = state.limits?.overbookingUnits ?? 0;
  // The budget is sufficient; only the requested location is unknown to the SKU.
  if (budget === 0 || available + left >= requested) return undefined;
  return refuse('overbooking_exhausted', { requested, available: available + left, budget, left });
}
