import { START, type Position } from '@holdfast/event-store';
import { allDone, runInLanes, uuidOf } from '@holdfast/kit';
import { StreamBusy, type KnownLocations, type SkuLedger } from '@holdfast/ledger';
import { type Page, paginationOf, Problem, unknownSkus } from '@holdfast/platform';
import { ruleFault, type ReplenishmentRule } from '@holdfast/warehouse';
import type { DailyUseTable } from '../../daily-use/daily-use-table.js';
import { skuNamed } from '../../adjustments/subject.js';
import { mustKnowLocation } from '../../locations/must-know.js';
import type { Order } from '../../transfers/transfers.service.js';
import type { ReplenishmentStreams } from '../replenishment-streams.js';
import type { RuleTable } from './rule-table.js';
import { ruleOfRequest, ruleView } from './rule-view.js';
import type { RuleRequest, RuleResultsView, RuleResultView, RulesQuery, RulesView } from './rules.dto.js';

export interface RulesParts {
  readonly streams: ReplenishmentStreams;
  readonly table: RuleTable;
  readonly use: DailyUseTable;
  readonly ledger: SkuLedger;
  readonly locations: KnownLocations;
}

interface Line {
  readonly index: number;
  readonly sku: string;
  readonly locationId: string;
  readonly rule: ReplenishmentRule;
}

/** Rules that are stored at the same time. */
const AT_ONCE = 64;

/** Rules of replenishment. */
export class RulesService {
  constructor(private readonly parts: RulesParts) {}

  async page(tenant: string, query: RulesQuery, page: Page, at: number): Promise<RulesView> {
    const { rows, total } = await this.parts.table.rulePage(tenant, query, page);
    const useOf = await this.parts.use.of(tenant, rows, at);
    const rules = rows.flatMap((row) => (row.state.rule === undefined ? [] : [ruleView(row.state, row.state.rule, useOf(row))]));
    return { rules, pagination: paginationOf(page, total) };
  }

  /**
   * Replaces rules, each by itself. All are checked before the first is stored.
   * @throws Problem 400 `invalid_rule` or `duplicate_line` with the line and its field, 404 `unknown_sku`, `unknown_location`
   */
  async put(requests: readonly RuleRequest[], asked: Order): Promise<{ readonly view: RuleResultsView; readonly position: Position }> {
    const lines = requests.map((request, index): Line => ({
      index,
      sku: skuNamed(request, `rules.${index}.`),
      locationId: request.locationId,
      rule: ruleOfRequest(request),
    }));
    refuseFaults(lines);
    await this.mustKnow(asked.tenant, lines);
    const lanes = { laneOf: ({ index }: Line) => String(index), lanes: AT_ONCE, window: 1 };
    const done = allDone(await runInLanes(lines, lanes, (line) => this.putLine(line, asked)));
    return {
      view: { results: done.map(({ result }) => result).sort((one, other) => one.index - other.index) },
      position: done.reduce((newest, { position }) => (position > newest ? position : newest), START),
    };
  }

  private async putLine(
    { index, sku, locationId, rule }: Line,
    { tenant, actor, at, commandId }: Order,
  ): Promise<{ readonly result: RuleResultView; readonly position: Position }> {
    const line = { index, sku, locationId };
    const failed = (code: string) => ({ result: { ...line, status: 'error', changed: false, code } as const, position: START });
    const command = { type: 'SetReplenishmentRule', sku, locationId, rule, by: actor, at } as const;
    try {
      const outcome = await this.parts.streams.execute(
        { tenant, sku, locationId },
        { ...command, commandId: uuidOf(`${commandId}|${index}`) },
        actor,
      );
      if (outcome.kind === 'refused') return failed(outcome.code);
      return { result: { ...line, status: 'ok', changed: outcome.isChanged }, position: outcome.position };
    } catch (error) {
      if (error instanceof StreamBusy) return failed('rule_busy');
      throw error;
    }
  }

  private async mustKnow(tenant: string, lines: readonly Line[]): Promise<void> {
    for (const { locationId, rule, index } of lines) {
      await mustKnowLocation(this.parts.locations, tenant, `rules.${index}.locationId`, locationId);
      const from = rule.source.locationId;
      if (from !== undefined) await mustKnowLocation(this.parts.locations, tenant, `rules.${index}.source.locationId`, from);
    }
    const skus = [...new Set(lines.map(({ sku }) => sku))];
    const lanes = { laneOf: (sku: string) => sku, lanes: AT_ONCE, window: 1 };
    const known = allDone(
      await runInLanes(skus, lanes, async (sku) => ({ sku, known: (await this.parts.ledger.read({ tenant, sku })).state.known })),
    );
    const unknown = known.filter((one) => !one.known).map(({ sku }) => sku);
    if (unknown.length > 0) throw unknownSkus(unknown);
  }
}

function refuseFaults(lines: readonly Line[]): void {
  const faults = lines.flatMap(({ index, rule, locationId }) => {
    const fault = ruleFault(rule, locationId);
    return fault === undefined ? [] : [{ field: `rules.${index}.${fault.field}`, message: fault.message }];
  });
  if (faults.length > 0) throw new Problem(400, 'invalid_rule', 'A rule has a fault; none was stored', { details: faults });
  const seen = new Map<string, number>();
  for (const { index, sku, locationId } of lines) {
    const key = JSON.stringify([sku, locationId]);
    const first = seen.get(key);
    if (first !== undefined) {
      const details = [{ field: `rules.${index}`, message: `names the SKU and location of rules.${first}; send each once` }];
      throw new Problem(400, 'duplicate_line', 'Two rules are for the same SKU and location; none was stored', { details });
    }
    seen.set(key, index);
  }
}
