import type { Allocation, SetLimits, SkuState } from '@holdfast/inventory';
import type { Position } from '@holdfast/event-store';
import type { CommandContext, SkuLedger, SkuRef } from '@holdfast/ledger';
import { Problem, unknownSkus } from '@holdfast/platform';
import type { Clock } from '@holdfast/kit';
import { unknownChannel } from './refusals.js';

/** What a channel may take of a SKU and what it took; units. */
export interface AllocationFigures extends Allocation {
  readonly floor: number;
  /** Held by open reservations. */
  readonly open: number;
  /** Committed since the allocation was set. */
  readonly committed: number;
  /** Units of the floor that no other channel may take. */
  readonly protectedUnits: number;
}

export interface SkuLimitFigures {
  readonly sku: string;
  readonly overbookingUnits: number;
  readonly holderUnits?: number;
  readonly backorders?: BackorderFigures;
  readonly channels: readonly AllocationFigures[];
}

export interface BackorderFigures {
  /** Most units that may wait. */
  readonly units: number;
  readonly graceSeconds: number;
  readonly channels?: readonly string[];
  /** Units that wait now. */
  readonly waiting: number;
}

export interface LimitsAnswer {
  readonly limits: SkuLimitFigures;
  /** Of the newest event that the answer reflects. */
  readonly position: Position;
}

export type WishedLimits = Pick<SetLimits, 'overbookingUnits' | 'holderUnits' | 'allocations' | 'backorders'>;

/** Reads and sets the limits of a SKU: caps, floors, the overbooking budget, units per holder, back-orders. */
export class SkuLimitSettings {
  constructor(
    private readonly ledger: SkuLedger,
    private readonly hasChannel: (tenant: string, channelId: string) => Promise<boolean>,
    private readonly clock: Clock,
  ) {}

  /** @throws Problem 404 `unknown_sku`; LedgerBusy, EventStoreUnavailable */
  async find(ref: SkuRef): Promise<LimitsAnswer> {
    const { state, position } = await this.ledger.read(ref);
    if (!state.known) throw unknownSkus([ref.sku]);
    return { limits: figuresOf(ref.sku, state), position };
  }

  /** Replaces all limits of the SKU. @throws Problem 404 `unknown_sku`, `unknown_channel`, 400 `invalid_allocation`, `invalid_backorders`; LedgerBusy, EventStoreUnavailable */
  async set(ref: SkuRef, wished: WishedLimits, commandId: string, context: CommandContext): Promise<LimitsAnswer> {
    const named = [...wished.allocations.map(({ channelId }) => channelId), ...(wished.backorders?.channels ?? [])];
    for (const channelId of named) {
      if (!(await this.hasChannel(ref.tenant, channelId))) throw unknownChannel(channelId);
    }
    const outcome = await this.ledger.execute(ref, { type: 'SetLimits', at: this.clock.now(), commandId, ...wished }, context);
    if (outcome.kind === 'accepted') return { limits: figuresOf(ref.sku, outcome.state), position: outcome.position };
    if (outcome.code === 'unknown_sku') throw unknownSkus([ref.sku]);
    throw new Problem(400, outcome.code, 'The limits cannot be as they stand', { details: [outcome.details] });
  }
}

function figuresOf(sku: string, state: SkuState): SkuLimitFigures {
  const { limits } = state;
  const channels = [...(limits?.allocations ?? [])].map(([channelId, { openUnits: open, committedUnits: committed, ...allocation }]) => ({
    channelId,
    ...allocation,
    open,
    committed,
    protectedUnits: Math.max(0, allocation.floor - open - committed),
  }));
  const holderUnits = limits?.holderUnits;
  return {
    sku,
    overbookingUnits: limits?.overbookingUnits ?? 0,
    ...(holderUnits === undefined ? {} : { holderUnits }),
    ...backordersOf(state),
    channels,
  };
}

function backordersOf({ limits, supply }: SkuState): Pick<SkuLimitFigures, 'backorders'> {
  if (limits?.backorders === undefined) return {};
  const { graceMs, ...policy } = limits.backorders;
  return { backorders: { ...policy, graceSeconds: graceMs / 1_000, waiting: supply?.waitingUnits ?? 0 } };
}
