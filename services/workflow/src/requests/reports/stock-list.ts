import { type Page, paginationOf } from '@holdfast/platform';
import type { ReplenishmentRuns } from '../../replenishment/runs/replenishment-runs.js';
import type { RuleResult } from '../../replenishment/runs/sku-evaluation.js';
import type { RuleTable } from '../../replenishment/rules/rule-table.js';
import type { ReadRequestUnits } from '../../replenishment/runs/request-units.js';
import type { StockListItemView, StockListView } from './stock-list.dto.js';

/** What a location keeps by its rules of replenishment, and what is missing: the list that a store requests from. */
export class StockList {
  constructor(
    private readonly rules: Pick<RuleTable, 'rulePage'>,
    private readonly runs: Pick<ReplenishmentRuns, 'evaluate'>,
    private readonly units: ReadRequestUnits,
  ) {}

  async page(tenant: string, locationId: string, page: Page): Promise<StockListView> {
    const { rows, total } = await this.rules.rulePage(tenant, { locationId }, page);
    const unitsOf = await this.units(
      tenant,
      rows.map(({ sku }) => sku),
    );
    const evaluated = await this.runs.evaluate(tenant, rows, undefined);
    const items = new Map(evaluated.map((result) => [result.ref.sku, itemOf(result, unitsOf(result.ref.sku, locationId).toHere)]));
    return { items: rows.flatMap(({ sku }) => items.get(sku) ?? []), pagination: paginationOf(page, total) };
  }
}

function itemOf({ ref, rule, evaluated }: RuleResult, onRequest: number): StockListItemView {
  const { because } = evaluated.evaluation;
  const max = rule.max ?? because.target ?? null;
  return {
    sku: ref.sku,
    min: rule.min ?? because.reorderPoint ?? null,
    max,
    quantityOnHand: because.onHand,
    quantityInbound: because.inbound,
    quantityOnRequest: onRequest,
    suggestedQuantity: Math.max(0, (max ?? 0) - because.position),
  };
}
