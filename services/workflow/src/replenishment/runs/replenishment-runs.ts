import { runInLanes, allDone, type Chore, ProcessBusy, type ProcessTable } from '@holdfast/kit';
import { nextNight, type ReplenishmentRule } from '@holdfast/warehouse';
import type { DailyUseTable } from '../../daily-use/daily-use-table.js';
import { RUN_ACTOR } from '../actor.js';
import { grouped } from './grouped.js';
import type { ReplenishmentProcess } from '../replenishment-process.js';
import type { RuleRef } from '../replenishment-streams.js';
import type { ReadRequestUnits } from './request-units.js';
import type { DueRule, RuleTable } from '../rules/rule-table.js';
import type { RuleResult, SkuEvaluation } from './sku-evaluation.js';
import type { Prepared } from './sku-figures.js';

export interface RunParts {
  readonly evaluation: SkuEvaluation;
  readonly table: RuleTable;
  readonly use: DailyUseTable;
  readonly requests: ReadRequestUnits;
  readonly process: ReplenishmentProcess;
  /** One run at a time; a second one would only do the same work. */
  readonly lease: ProcessTable;
  readonly now: () => number;
  readonly onFault: (error: unknown) => void;
}

/** Rules that are prepared together. */
const RULES_AT_ONCE = 500;
const SKUS_AT_ONCE = 32;
/** A rule that failed is tried again after this; it holds up no other. */
const RETRY_MS = 300_000;

/** Evaluates many rules. */
export class ReplenishmentRuns {
  constructor(private readonly parts: RunParts) {}

  /**
   * Evaluates rules of one tenant. With `by`, stores what they need, and begins what needs no approval.
   * @throws what the first SKU that failed threw
   */
  async evaluate(tenant: string, refs: readonly RuleRef[], by: string | undefined): Promise<readonly RuleResult[]> {
    const results: RuleResult[] = [];
    for (const part of portions(refs)) results.push(...allDone(await this.inLanes(tenant, part, by)).flat());
    return results;
  }

  /** Evaluates all rules that are due, of every tenant. */
  async runDue(stopping?: AbortSignal): Promise<void> {
    const { table, now } = this.parts;
    while (stopping?.aborted !== true) {
      const due = await table.due(now(), RULES_AT_ONCE);
      for (const [tenant, rules] of grouped(due, (rule) => rule.tenant)) await this.runOf(tenant, rules);
      if (due.length < RULES_AT_ONCE) return;
    }
  }

  private async runOf(tenant: string, rules: readonly DueRule[]): Promise<void> {
    const { table, now, onFault } = this.parts;
    const at = now();
    const failed = new Set<DueRule>();
    for (const lane of await this.inLanes(tenant, rules, RUN_ACTOR)) {
      if (lane.kind === 'done') continue;
      for (const rule of lane.item) failed.add(rule);
      onFault(lane.error);
    }
    await table.evaluated(
      rules.filter((rule) => !failed.has(rule)),
      nextNight(at),
    );
    if (failed.size > 0) await table.evaluated([...failed], at + RETRY_MS);
  }

  /** SKUs beside each other; the rules of one after another, as they may draw on the same source. */
  private async inLanes<Rule extends RuleRef>(tenant: string, rules: readonly Rule[], by: string | undefined) {
    const bySku = grouped(rules, ({ sku }) => sku);
    const prepared = await this.prepare(tenant, [...bySku.keys()]);
    const lanes = { laneOf: ([first]: readonly Rule[]) => first?.sku ?? '', lanes: SKUS_AT_ONCE, window: 1 };
    return runInLanes([...bySku.values()], lanes, async (ofSku: readonly Rule[]) => {
      const results = await this.parts.evaluation.of(ofSku, prepared, by);
      for (const { ref, order } of results) if (order?.status === 'approved') await this.begin(ref, order.orderId);
      return results;
    });
  }

  /** An order that cannot be placed now is placed by the watchdog. */
  private async begin(ref: RuleRef, orderId: string): Promise<void> {
    await this.parts.process.drive(ref, orderId).catch(this.parts.onFault);
  }

  private async prepare(tenant: string, skus: readonly string[]): Promise<Prepared> {
    const { table, use, requests, now } = this.parts;
    const [rules, promisedBy, requestsOf] = await Promise.all([
      table.rules(tenant, { skus }, Number.MAX_SAFE_INTEGER),
      table.promised(tenant, skus),
      requests(tenant, skus),
    ]);
    const useOf = await use.of(tenant, rules, now());
    const bySku = grouped(rules, ({ sku }) => sku);
    const rulesOf = (sku: string): ReadonlyMap<string, ReplenishmentRule> =>
      new Map(
        (bySku.get(sku) ?? []).flatMap(({ locationId, state: { rule } }) => (rule === undefined ? [] : [[locationId, rule] as const])),
      );
    return { useOf, requestsOf, promisedBy, rulesOf };
  }

  /** Looks for rules that are due, again and again. */
  chore(everyMs: number): Chore {
    return {
      name: 'replenishment rules',
      everyMs,
      run: async (stopping) => {
        try {
          await this.parts.lease.hold({ tenant: '', id: 'due' }, () => this.runDue(stopping));
        } catch (error) {
          if (!(error instanceof ProcessBusy)) throw error;
        }
      },
    };
  }
}

function* portions(refs: readonly RuleRef[]): Generator<readonly RuleRef[]> {
  const sorted = [...refs].sort((one, other) => (one.sku < other.sku ? -1 : Number(one.sku > other.sku)));
  let start = 0;
  while (start < sorted.length) {
    let end = Math.min(start + RULES_AT_ONCE, sorted.length);
    // Rules of one SKU are evaluated together.
    while (end < sorted.length && sorted[end]?.sku === sorted[end - 1]?.sku) end += 1;
    yield sorted.slice(start, end);
    start = end;
  }
}
