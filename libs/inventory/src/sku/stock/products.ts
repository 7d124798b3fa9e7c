import { accept, refuse } from '../../decision.js';
import type { SkuEvent } from '../events.js';
import { quantityFault } from '../quantities.js';
import { isRepeatedCommand } from '../recent.js';
import { locationFault, type SkuDecision } from '../refusals.js';
import type { SkuState } from '../state.js';
import type { DescribeProduct, ProductDescription, SetSafetyStock } from './commands.js';
import type { ProductUnit } from './events.js';

/** Decides the master data of a product. Absent fields stay; a verified product stays verified. */
export function describe(state: SkuState, command: DescribeProduct): SkuDecision {
  if (isRepeatedCommand(state, command.commandId)) return accept();
  const { type: _, at: __, commandId, verified: asksVerified, ...description } = command;
  const verified = state.verified || asksVerified;
  const news = state.known && state.verified === verified ? changedFields(state.description, description) : description;
  if (news === undefined) return accept();
  return accept({ type: 'ProductDescribed', commandId, verified, ...news });
}

function changedFields(before: ProductDescription, after: ProductDescription): ProductDescription | undefined {
  const known: Readonly<Record<string, unknown>> = { ...before };
  const changed = Object.entries(after).filter(
    ([field, value]) => value !== undefined && (field === 'units' ? !sameUnits(before.units, after.units) : value !== known[field]),
  );
  return changed.length === 0 ? undefined : Object.fromEntries(changed);
}

const sameUnits = (before: readonly ProductUnit[] = [], after: readonly ProductUnit[] = []): boolean =>
  before.length === after.length && before.every(({ unit, units }, index) => after[index]?.unit === unit && after[index].units === units);

/** The event by which a fact about an unknown SKU makes it known, unverified. */
export const introduction = (state: SkuState, commandId: string): readonly SkuEvent[] =>
  state.known ? [] : [{ type: 'ProductDescribed', commandId, verified: false }];

/** Sets the units of a location that ATP excludes. */
export function setSafetyStock(state: SkuState, command: SetSafetyStock): SkuDecision {
  const { commandId, locationId, quantity } = command;
  if (!state.known) return refuse('unknown_sku');
  if (isRepeatedCommand(state, commandId)) return accept();
  const fault = quantityFault(quantity, 0) ?? locationFault(state, locationId);
  if (fault) return fault;
  if (state.balances.get(locationId)?.safetyStock === quantity) return accept();
  return accept({ type: 'SafetyStockSet', commandId, locationId, quantity });
}
