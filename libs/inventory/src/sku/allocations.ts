import { accept, refuse, type Refusal } from '../decision.js';
import type { Allocation, SetLimits } from './commands.js';
import type { SkuEvent } from './events.js';
import { MAX_ALLOCATIONS_PER_SKU } from './limits.js';
import { quantityFault } from './quantities.js';
import { commandKey, isRepeat } from './recent.js';
import type { SkuDecision } from './refusals.js';
import type { SkuState } from './state.js';

/** What a channel may take, and what it took since the allocation was set; units. */
export interface AllocationState {
  readonly cap?: number;
  readonly floor: number;
  readonly holderUnits?: number;
  /** Held by open reservations. */
  openUnits: number;
  committedUnits: number;
}

export interface SkuLimits {
  overbookingUnits: number;
  holderUnits: number | undefined;
  /** By channel. */
  readonly allocations: Map<string, AllocationState>;
}

/** Sets every limit anew. What is as wished already yields no event. */
export function setLimits(state: SkuState, command: SetLimits): SkuDecision {
  const { commandId, overbookingUnits = 0, holderUnits, allocations } = command;
  if (!state.known) return refuse('unknown_sku');
  if (isRepeat(state, commandKey(commandId))) return accept();
  const fault = limitsFault(command);
  if (fault) return fault;

  const events: SkuEvent[] = [];
  const { limits } = state;
  if ((limits?.overbookingUnits ?? 0) !== overbookingUnits || limits?.holderUnits !== holderUnits) {
    events.push({ type: 'LimitsSet', commandId, overbookingUnits, ...(holderUnits === undefined ? {} : { holderUnits }) });
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

function limitsFault({
  overbookingUnits,
  holderUnits,
  allocations,
}: SetLimits): Refusal<'invalid_quantity' | 'invalid_allocation'> | undefined {
  if (allocations.length > MAX_ALLOCATIONS_PER_SKU) return refuse('invalid_allocation', { most: MAX_ALLOCATIONS_PER_SKU });
  const named = new Set<string>();
  for (const { channelId } of allocations) {
    if (named.has(channelId)) return refuse('invalid_allocation', { channelId, reason: 'named twice' });
    named.add(channelId);
  }
  return (
    quantityFault(overbookingUnits ?? 0, 0) ??
    quantityFault(holderUnits ?? 1) ??
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
