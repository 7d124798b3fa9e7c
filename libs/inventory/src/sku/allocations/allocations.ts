import { accept, refuse, type Refusal } from '../../decision.js';
import type { SkuEvent } from '../events.js';
import { MAX_ALLOCATIONS_PER_SKU, MAX_GRACE_MS } from '../limits.js';
import { quantityFault } from '../quantities.js';
import { isRepeatedCommand } from '../recent.js';
import type { SkuDecision } from '../refusals.js';
import type { SkuState } from '../state.js';
import type { BackorderPolicy } from '../supply/events.js';
import type { Allocation, SetLimits } from './commands.js';

/** Replaces every limit of the SKU. Limits that are set already yield no event. */
export function setLimits(state: SkuState, command: SetLimits): SkuDecision {
  const { commandId, overbookingUnits = 0, holderUnits, allocations, backorders } = command;
  if (!state.known) return refuse('unknown_sku');
  if (isRepeatedCommand(state, commandId)) return accept();
  const fault = limitsFault(command);
  if (fault) return fault;

  const events: SkuEvent[] = [];
  const { limits } = state;
  const isSetAlready = (limits?.overbookingUnits ?? 0) === overbookingUnits && limits?.holderUnits === holderUnits;
  if (!isSetAlready || !sameBackorders(limits?.backorders, backorders)) {
    events.push({
      type: 'LimitsSet',
      commandId,
      overbookingUnits,
      ...(holderUnits === undefined ? {} : { holderUnits }),
      ...(backorders === undefined ? {} : { backorders }),
    });
  }
  const named = new Set(allocations.map(({ channelId }) => channelId));
  for (const channelId of limits?.allocations.keys() ?? []) {
    if (!named.has(channelId)) events.push({ type: 'AllocationRemoved', commandId, channelId });
  }
  for (const { channelId, cap, floor = 0, holderUnits: perHolder } of allocations) {
    const known = limits?.allocations.get(channelId);
    if (known !== undefined && known.cap === cap && known.floor === floor && known.holderUnits === perHolder) continue;
    events.push({
      type: 'AllocationSet',
      commandId,
      channelId,
      ...(cap === undefined ? {} : { cap }),
      floor,
      ...(perHolder === undefined ? {} : { holderUnits: perHolder }),
    });
  }
  return accept(...events);
}

function sameBackorders(one: BackorderPolicy | undefined, other: BackorderPolicy | undefined): boolean {
  if (one === undefined || other === undefined) return one === other;
  return one.units === other.units && one.graceMs === other.graceMs && String(one.channels) === String(other.channels);
}

function backordersFault(policy: BackorderPolicy | undefined): Refusal<'invalid_quantity' | 'invalid_backorders'> | undefined {
  if (policy === undefined) return undefined;
  const { units, graceMs, channels } = policy;
  if (!Number.isInteger(graceMs) || graceMs < 0 || graceMs > MAX_GRACE_MS)
    return refuse('invalid_backorders', { graceMs, most: MAX_GRACE_MS });
  if (channels !== undefined && channels.length > MAX_ALLOCATIONS_PER_SKU) {
    return refuse('invalid_backorders', { most: MAX_ALLOCATIONS_PER_SKU });
  }
  return quantityFault(units, 0);
}

function limitsFault({
  overbookingUnits,
  holderUnits,
  allocations,
  backorders,
}: SetLimits): Refusal<'invalid_quantity' | 'invalid_allocation' | 'invalid_backorders'> | undefined {
  if (allocations.length > MAX_ALLOCATIONS_PER_SKU) return refuse('invalid_allocation', { most: MAX_ALLOCATIONS_PER_SKU });
  const named = new Set<string>();
  for (const { channelId } of allocations) {
    if (named.has(channelId)) return refuse('invalid_allocation', { channelId, reason: 'named twice' });
    named.add(channelId);
  }
  return (
    quantityFault(overbookingUnits ?? 0, 0) ??
    quantityFault(holderUnits ?? 1) ??
    backordersFault(backorders) ??
    allocations.map(allocationFault).find((found) => found !== undefined)
  );
}

function allocationFault({
  channelId,
  cap,
  floor = 0,
  holderUnits,
}: Allocation): Refusal<'invalid_quantity' | 'invalid_allocation'> | undefined {
  const fault = quantityFault(cap ?? 0, 0) ?? quantityFault(floor, 0) ?? quantityFault(holderUnits ?? 1);
  if (fault) return fault;
  return cap !== undefined && floor > cap ? refuse('invalid_allocation', { channelId, cap, floor, reason: 'floor above cap' }) : undefined;
}
