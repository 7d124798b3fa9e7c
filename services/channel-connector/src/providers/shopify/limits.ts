import type { LimitShape, ReportedLimit } from '../tools.js';
import type { ShopifySettings } from './settings.js';

export const POINTS = 'points';
const DEFAULT_PER_SECOND = 100;
/** Seconds of its rate that a shop's bucket holds, until it reports its own size. */
const BUCKET_S = 20;
/** Points that one call may cost. The vendor refuses more than 1,000; less lets urgent writes pass between. */
export const MOST_POINTS_PER_CALL = 500;
/** What a mutation is said to cost. */
export const MUTATION_POINTS = 10;

export const limitShapes = ({ pointsPerSecond = DEFAULT_PER_SECOND }: ShopifySettings): readonly LimitShape[] => [
  { kind: 'bucket', name: POINTS, perSecond: pointsPerSecond, burst: pointsPerSecond * BUCKET_S },
];

/** `extensions.cost` of an answer. */
export interface ReportedCost {
  readonly requestedQueryCost?: number;
  /** Null for a call that was refused. */
  readonly actualQueryCost?: number | null;
  readonly throttleStatus?: { readonly maximumAvailable?: number; readonly currentlyAvailable?: number; readonly restoreRate?: number };
}

/**
 * What the shop says of its bucket goes over every constant here. It counts the sizes that a query asks for, and gives back what did not come.
 * @param taken points that were taken for the call
 */
export function reportOf({ actualQueryCost, throttleStatus = {} }: ReportedCost, taken: number): ReportedLimit {
  const { maximumAvailable, currentlyAvailable, restoreRate } = throttleStatus;
  return {
    limit: POINTS,
    ...(currentlyAvailable === undefined ? {} : { remaining: currentlyAvailable }),
    ...(actualQueryCost === undefined ? {} : { returned: Math.max(0, taken - (actualQueryCost ?? 0)) }),
    ...(restoreRate === undefined ? {} : { perSecond: restoreRate }),
    ...(maximumAvailable === undefined ? {} : { burst: maximumAvailable }),
  };
}

/** Milliseconds until the bucket holds what a throttled call asks for. */
export function refillMs({ requestedQueryCost = MUTATION_POINTS, throttleStatus = {} }: ReportedCost): number {
  const { currentlyAvailable = 0, restoreRate = DEFAULT_PER_SECOND } = throttleStatus;
  return Math.max(100, Math.ceil(((requestedQueryCost - currentlyAvailable) / Math.max(restoreRate, 1)) * 1_000));
}

/**
 * What queries cost. Estimates follow the published rules; single fields may have other costs, which only answers tell, so the largest ratio seen
 * between what the shop reckoned and our estimate is kept for each kind of query.
 */
export class Costs {
  private readonly ratios = new Map<string, number>();

  points(kind: string, estimate: number): number {
    return Math.max(1, Math.ceil(estimate * (this.ratios.get(kind) ?? 1)));
  }

  learn(kind: string, estimate: number, { requestedQueryCost }: ReportedCost): void {
    if (requestedQueryCost === undefined) return;
    this.ratios.set(kind, Math.max(this.ratios.get(kind) ?? 0, requestedQueryCost / Math.max(estimate, 1)));
  }
}
