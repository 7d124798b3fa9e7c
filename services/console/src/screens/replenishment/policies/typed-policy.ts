import type { BodyOf, ItemOf } from '@holdfast/client';

export type Policy = ItemOf<'rebalancing.policies', 'policies'>;
type SentPolicy = BodyOf<'rebalancing.setPolicy'>;

export const FIGURES = ['lowCoverDays', 'targetCoverDays', 'maxUnitsPerDay', 'quietDays', 'minUnits'] as const;
export type Figure = (typeof FIGURES)[number];
/** What the API takes for a figure that is left out. */
export const USUAL: Readonly<Record<Figure, number>> = {
  ...{ lowCoverDays: 3, targetCoverDays: 14, maxUnitsPerDay: 5_000, quietDays: 7, minUnits: 1 },
};
export const MODES: readonly Policy['mode'][] = ['dry_run', 'approve', 'auto'];

/** A way between two locations as it is typed; costs in the currency, not in its minor units. */
export interface TypedLane {
  readonly from: string;
  readonly to: string;
  readonly days: string;
  readonly perUnit: string;
  readonly perMove: string;
}

/** A policy as it is typed. */
export interface TypedPolicy {
  readonly policyId: string;
  readonly mode: Policy['mode'];
  readonly locationIds: readonly string[];
  readonly skus: string;
  readonly figures: Readonly<Partial<Record<Figure, string>>>;
  readonly lanes: readonly TypedLane[];
}

export const laneBetween = (from: string, to: string): TypedLane => ({ from, to, days: '1', perUnit: '', perMove: '' });

const major = (minor: number): string => (minor === 0 ? '' : String(minor / 100));
const minor = (text: string): number => Math.round(Number(text) * 100);

/** What stands in the form at first: the policy that is changed, or one over the first two locations. */
export function typedOf(policy: Policy | undefined, locationIds: readonly string[]): TypedPolicy {
  if (policy === undefined) {
    const [from = '', to = ''] = locationIds;
    const lanes = to === '' ? [] : [laneBetween(from, to), laneBetween(to, from)];
    return { policyId: '', mode: 'approve', locationIds: locationIds.slice(0, 2), skus: '', figures: {}, lanes };
  }
  return {
    ...{ policyId: policy.policyId, mode: policy.mode, locationIds: policy.locationIds, skus: (policy.skus ?? []).join(', ') },
    figures: Object.fromEntries(FIGURES.map((figure) => [figure, String(policy[figure])])),
    lanes: policy.lanes.map((lane) => ({
      ...{ from: lane.fromLocationId, to: lane.toLocationId, days: String(lane.days) },
      ...{ perUnit: major(lane.costPerUnitMinor), perMove: major(lane.costPerMoveMinor) },
    })),
  };
}

/** The policy to send; a figure left empty has the usual value. @param before refused where somebody changed it since */
export function policyOf(typed: TypedPolicy, before: Policy | undefined): SentPolicy {
  const skus = typed.skus.split(/[,\n]/).flatMap((sku) => (sku.trim() === '' ? [] : [sku.trim()]));
  const figures = FIGURES.flatMap((figure) => {
    const text = typed.figures[figure]?.trim() ?? '';
    return text === '' ? [] : [[figure, Number(text)] as const];
  });
  return {
    ...{ policyId: typed.policyId.trim(), mode: typed.mode, locationIds: [...typed.locationIds] },
    ...(skus.length === 0 ? {} : { skus }),
    ...Object.fromEntries(figures),
    lanes: typed.lanes.map(({ from, to, days, perUnit, perMove }) => ({
      ...{ fromLocationId: from, toLocationId: to, days: Number(days) },
      ...{ costPerUnitMinor: minor(perUnit), costPerMoveMinor: minor(perMove) },
    })),
    ...(before === undefined ? {} : { expectedVersion: before.version }),
  };
}
