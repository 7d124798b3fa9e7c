import { availableUnits, type SkuState } from '@holdfast/inventory';
import type { SkuLedger } from '@holdfast/ledger';
import {
  dayOf,
  hasShipped,
  levelsOf,
  MAX_PLACES_PER_RUN,
  NO_USE,
  stockFigures,
  USE_WINDOW_DAYS,
  type KnownProposal,
  type PlaceFigures,
  type RebalancingPolicy,
  type SkuPicture,
} from '@holdfast/warehouse';
import type { DailyUseTable } from '../daily-use/daily-use-table.js';
import type { RuleTable } from '../replenishment/rules/rule-table.js';
import { transferOfProposal } from './rebalancing-process.js';
import type { RebalancingTable } from './rebalancing-table.js';

const SKUS_AT_ONCE = 500;

export interface PictureParts {
  readonly ledger: Pick<SkuLedger, 'read'>;
  readonly use: Pick<DailyUseTable, 'of'>;
  readonly rules: Pick<RuleTable, 'rules' | 'promised'>;
  readonly table: Pick<RebalancingTable, 'usedSkus'>;
}

export interface Pictures {
  readonly pictures: readonly SkuPicture[];
  /** Open proposals whose units have left: the figures contain them. */
  readonly shippedIds: ReadonlySet<string>;
}

type OpenProposal = Pick<KnownProposal, 'proposalId' | 'sku'>;

/**
 * The figures of the policy's SKUs at its locations: stock from their streams, use as the follower of sales has it, levels of rules. A state of a SKU may be
 * large and is left as soon as its figures are taken.
 * @param open proposals of the policy
 */
export async function readPictures(
  parts: PictureParts,
  tenant: string,
  policy: RebalancingPolicy,
  open: readonly OpenProposal[],
  at: number,
): Promise<Pictures> {
  const { ledger, table } = parts;
  const { locationIds } = policy;
  const most = Math.floor(MAX_PLACES_PER_RUN / locationIds.length);
  const skus = policy.skus ?? (await table.usedSkus(tenant, locationIds, dayOf(at) - USE_WINDOW_DAYS, most));
  const openOf = new Map<string, string[]>();
  for (const { sku, proposalId } of open) openOf.set(sku, [...(openOf.get(sku) ?? []), proposalId]);
  const pictures: SkuPicture[] = [];
  const shippedIds = new Set<string>();
  for (let from = 0; from < skus.length; from += SKUS_AT_ONCE) {
    const part = skus.slice(from, from + SKUS_AT_ONCE);
    const figuresOf = await placesOf(parts, tenant, locationIds, part, at);
    const read = part.map(async (sku): Promise<SkuPicture | undefined> => {
      const { state } = await ledger.read({ tenant, sku });
      if (!state.known) return undefined;
      for (const proposalId of openOf.get(sku) ?? []) if (hasShipped(state, transferOfProposal(proposalId))) shippedIds.add(proposalId);
      return { sku, places: figuresOf(sku, state) };
    });
    for (const picture of await Promise.all(read)) if (picture !== undefined) pictures.push(picture);
  }
  return { pictures, shippedIds };
}

/** Reads what is known of the SKUs beside their streams. @returns the figures of one of them by its state */
async function placesOf(
  { use, rules }: PictureParts,
  tenant: string,
  locationIds: readonly string[],
  skus: readonly string[],
  at: number,
): Promise<(sku: string, state: SkuState) => readonly PlaceFigures[]> {
  const places = skus.flatMap((sku) => locationIds.map((locationId) => ({ sku, locationId })));
  const [useOf, known, promised] = await Promise.all([
    use.of(tenant, places, at),
    rules.rules(tenant, { skus }, Number.MAX_SAFE_INTEGER),
    rules.promised(tenant, skus),
  ]);
  const ruleOf = new Map(known.map(({ sku, locationId, state }) => [JSON.stringify([sku, locationId]), state.rule]));
  return (sku, state) =>
    locationIds.map((locationId): PlaceFigures => {
      const used = useOf({ sku, locationId });
      const rule = ruleOf.get(JSON.stringify([sku, locationId]));
      const level = rule === undefined ? undefined : levelsOf(rule, used).reorderPoint;
      return {
        locationId,
        available: availableUnits(state, locationId, at) - promised(sku, locationId),
        inbound: stockFigures(state, locationId, []).inbound,
        use: { ...NO_USE, ...used },
        reorderPoint: level ?? state.balances.get(locationId)?.safetyStock ?? 0,
      };
    });
}
