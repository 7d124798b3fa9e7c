import { MAX_DAYS_OF_COVER } from './limits.js';

/** `dry_run`: proposals are shown and never carried out. `approve`: a person approves each. `auto`: within the bounds they are approved. */
export const REBALANCING_MODES = ['dry_run', 'approve', 'auto'] as const;
export type RebalancingMode = (typeof REBALANCING_MODES)[number];

/** A way by which goods travel, and what it costs in minor units of the tenant's currency. */
export interface Lane {
  readonly fromLocationId: string;
  readonly toLocationId: string;
  readonly days: number;
  readonly costPerUnitMinor: number;
  readonly costPerMoveMinor: number;
}

/** How stock is balanced between locations. */
export interface RebalancingPolicy {
  readonly policyId: string;
  readonly mode: RebalancingMode;
  readonly locationIds: readonly string[];
  /** All where missing. */
  readonly skus?: readonly string[];
  /** A location gets units whose stock, with what is on its way to it, is below what it uses in so many days and their safety. */
  readonly lowCoverDays: number;
  /** It gets units for so many days and their safety at most. */
  readonly targetCoverDays: number;
  /** Units of all its moves that are proposed in one day. */
  readonly maxUnitsPerDay: number;
  /** So many days after units of a SKU came to a location none leave it again, and after they left it none come. */
  readonly quietDays: number;
  /** Fewer units are not worth a move. */
  readonly minUnits: number;
  /** Goods travel by these only. */
  readonly lanes: readonly Lane[];
}

export interface PolicyFault {
  readonly field: keyof RebalancingPolicy;
  readonly message: string;
}

/** What contradicts itself in a policy; undefined for a sound one. Bounds of single fields are checked where they are read. */
export function policyFault(policy: RebalancingPolicy): PolicyFault | undefined {
  const { locationIds, lowCoverDays, targetCoverDays, lanes } = policy;
  const known = new Set(locationIds);
  if (known.size < 2 || known.size < locationIds.length) return fault('locationIds', 'must name two locations or more, each once');
  if (!(lowCoverDays > 0) || targetCoverDays < lowCoverDays || targetCoverDays > MAX_DAYS_OF_COVER) {
    return fault('targetCoverDays', `must not be below lowCoverDays, nor above ${String(MAX_DAYS_OF_COVER)}`);
  }
  const routes = new Set(lanes.map(laneKey));
  if (routes.size < lanes.length) return fault('lanes', 'must name a way once');
  const stray = lanes.find(
    (lane) => lane.fromLocationId === lane.toLocationId || !known.has(lane.fromLocationId) || !known.has(lane.toLocationId),
  );
  return stray === undefined ? undefined : fault('lanes', 'must lead from one location of the policy to another');
}

const fault = (field: PolicyFault['field'], message: string): PolicyFault => ({ field, message });

export const laneKey = ({ fromLocationId, toLocationId }: Pick<Lane, 'fromLocationId' | 'toLocationId'>): string =>
  JSON.stringify([fromLocationId, toLocationId]);

/** What a move of so many units costs, in minor units. */
export const laneCost = ({ costPerUnitMinor, costPerMoveMinor }: Lane, quantity: number): number =>
  costPerMoveMinor + costPerUnitMinor * quantity;
