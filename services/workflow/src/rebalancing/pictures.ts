import { availableUnits, type SkuState } from '@holdfast/inventory';
import type { SkuLedger } from '@holdfast/ledger';
import {
  dayOf,
  levelsOf,
  NO_USE,
  stockFigures,
  USE_WINDOW_DAYS,
  type PlaceFigures,
  type RebalancingPolicy,
  type SkuPicture,
} from '@holdfast/warehouse';
import type { DailyUseTable } from '../daily-use/daily-use-table.js';
import type { RuleTable } from '../replenishment/rules/rule-table.js';
import type { RebalancingTable } from './rebalancing-table.js';

const SKUS_AT_ONCE = 500;

export interface PictureParts {
  readonly ledger: SkuLedger;
  readonly use: DailyUseTable;
  readonly rules: RuleTable;
  readonly table: RebalancingTable;
}

export interface Pictures {
  readonly pictures: readonly SkuPicture[];
  /** States of the SKUs, from which the figures are. */
  readonly states: ReadonlyMap<string, SkuState>;
}

/** The figures of the policy's SKUs at its locations: stock from their streams, use as the follower of sales has it, levels of rules. */
export async function readPictures(
  { ledger, use, rules, table }: PictureParts,
  tenant: string,
  policy: RebalancingPolicy,
  at: number,
): Promise<Pictures> {
  const { locationIds } = policy;
  const skus = policy.skus ?? (await table.usedSkus(tenant, locationIds, dayOf(at) - USE_WINDOW_DAYS));
  const states = new Map<string, SkuState>();
  const pictures: SkuPicture[] = [];
  for (let from = 0; from < skus.length; from += SKUS_AT_ONCE) {
    const part = skus.slice(from, from + SKUS_AT_ONCE);
    const places = part.flatMap((sku) => locationIds.map((locationId) => ({ sku, locationId })));
    const [useOf, known, promised, read] = await Promise.all([
      use.of(tenant, places, at),
      rules.rules(tenant, { skus: part }, Number.MAX_SAFE_INTEGER),
      rules.promised(tenant, part),
      Promise.all(part.map(async (sku) => [sku, (await ledger.read({ tenant, sku })).state] as const)),
    ]);
    const ruleOf = new Map(known.map(({ sku, locationId, state }) => [JSON.stringify([sku, locationId]), state.rule]));
    for (const [sku, state] of read) {
      if (!state.known) continue;
      states.set(sku, state);
      const figures = locationIds.map((locationId): PlaceFigures => {
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
      pictures.push({ sku, places: figures });
    }
  }
  return { pictures, states };
}
