import { unchanged } from '../balance-change.js';
import type { EntriesOf } from '../event-entry.js';
import { rememberCommand } from '../recent.js';
import type { SkuState } from '../state.js';
import { totalUnits } from '../takes.js';
import type { AllocationEvent, AllocationRemoved, AllocationSet, LimitsSet } from './events.js';
import type { AllocationState, SkuLimits } from './state.js';

const limitsOf = (state: SkuState): SkuLimits =>
  (state.limits ??= { overbookingUnits: 0, holderUnits: undefined, backorders: undefined, allocations: new Map() });

function limitsSet(state: SkuState, event: LimitsSet): void {
  const limits = limitsOf(state);
  limits.overbookingUnits = event.overbookingUnits;
  limits.holderUnits = event.holderUnits;
  limits.backorders = event.backorders;
  rememberCommand(state, event.commandId);
}

/** A change keeps the counts; a first allocation starts with the units that the channel holds at that time. */
function allocationSet(state: SkuState, event: AllocationSet): void {
  const { channelId, cap, floor, holderUnits } = event;
  const { allocations } = limitsOf(state);
  const known = allocations.get(channelId);
  const allocation: AllocationState = {
    ...(cap === undefined ? {} : { cap }),
    floor,
    ...(holderUnits === undefined ? {} : { holderUnits }),
    openUnits: known?.openUnits ?? openUnitsOf(state, channelId),
    committedUnits: known?.committedUnits ?? 0,
  };
  allocations.set(channelId, allocation);
  rememberCommand(state, event.commandId);
}

function allocationRemoved(state: SkuState, event: AllocationRemoved): void {
  limitsOf(state).allocations.delete(event.channelId);
  rememberCommand(state, event.commandId);
}

function openUnitsOf(state: SkuState, channelId: string): number {
  let units = 0;
  for (const { channelId: of, takes, waiting } of state.reservations.values()) {
    if (of === channelId) units += totalUnits(takes) + (waiting?.units ?? 0);
  }
  return units;
}

interface Owner {
  readonly channelId?: string | undefined;
  readonly holderId?: string | undefined;
}

/** Counts units that became (positive) or are no longer (negative) open for the channel and the holder. */
export function countOpen(state: SkuState, { channelId, holderId }: Owner, units: number): void {
  if (holderId !== undefined) {
    const open = (state.holders.get(holderId) ?? 0) + units;
    if (open > 0) state.holders.set(holderId, open);
    else state.holders.delete(holderId);
  }
  if (state.limits === undefined || channelId === undefined) return;
  const allocation = state.limits.allocations.get(channelId);
  if (allocation !== undefined) allocation.openUnits += units;
}

/** Counts committed units, or units of a reversed commit (negative); not below zero, because a commit may be older than the allocation. */
export function countCommitted(state: SkuState, { channelId }: Owner, units: number): void {
  if (state.limits === undefined || channelId === undefined) return;
  const allocation = state.limits.allocations.get(channelId);
  if (allocation !== undefined) allocation.committedUnits = Math.max(0, allocation.committedUnits + units);
}

export const allocationEntries: EntriesOf<AllocationEvent> = {
  LimitsSet: {
    evolve: limitsSet,
    balances: unchanged,
    step: 'fact',
    words: 'What binds every reservation of the SKU: the budget for overbooking, and how much one holder may have open.',
  },
  AllocationSet: {
    evolve: allocationSet,
    balances: unchanged,
    step: 'fact',
    words: 'What a channel may take of the SKU, and what is kept for it.',
  },
  AllocationRemoved: {
    evolve: allocationRemoved,
    balances: unchanged,
    step: 'fact',
    words: 'A channel has no cap and no floor any more; what it took is forgotten.',
  },
};
