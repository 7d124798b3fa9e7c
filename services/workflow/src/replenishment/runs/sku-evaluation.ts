import { randomUUID } from 'node:crypto';
import type { Position } from '@holdfast/event-store';
import type { SkuLedger } from '@holdfast/ledger';
import {
  decideReplenishment,
  evaluate,
  orderIn,
  replenishmentId,
  type Evaluated,
  type EvaluationInput,
  type ReplenishmentOrder,
  type ReplenishmentRule,
} from '@holdfast/warehouse';
import type { ReplenishmentStreams, RuleRef } from '../replenishment-streams.js';
import { figuresOf, giverOf, type KnownRuleOf, type Prepared } from './sku-figures.js';

export interface RuleResult {
  readonly ref: RuleRef;
  readonly rule: ReplenishmentRule;
  readonly evaluated: Evaluated;
  /** The next review date of a periodic rule, as it was before the run. */
  readonly reviewAt: number | undefined;
  /** The stored suggestion or order of the need. */
  readonly order: ReplenishmentOrder | undefined;
  /** Why nothing could be stored. */
  readonly refused: string | undefined;
  /** Of the SKU's figures. */
  readonly position: Position;
}

/** Times that a run reads again where another run or a person changed the rule between reading and deciding. */
const MOST_ATTEMPTS = 5;

/** Units that each location gives by what this run has found so far. */
type Given = Map<string, number>;

/** Evaluates the rules of one SKU. */
export class SkuEvaluation {
  constructor(
    private readonly streams: ReplenishmentStreams,
    private readonly ledger: SkuLedger,
    private readonly now: () => number,
  ) {}

  /**
   * Evaluates rules of one SKU, in the order given. A rule is read before the stock: where an order became inbound between the two, the
   * version of the rule has changed by the time of the decision, and both are read again.
   * @param by who runs; stores nothing where undefined
   */
  async of(refs: readonly RuleRef[], prepared: Prepared, by: string | undefined): Promise<readonly RuleResult[]> {
    const results: RuleResult[] = [];
    const given: Given = new Map();
    let waiting = refs;
    for (let attempt = 1; waiting.length > 0; attempt += 1) {
      const again: RuleRef[] = [];
      for (const { input, known, position } of await this.read(waiting, prepared)) {
        const result = await this.decide(known, withGiven(input, known.rule, given), position, by);
        if (result.refused === 'rule_changed' && attempt < MOST_ATTEMPTS) again.push(known.ref);
        else results.push(counted(result, given));
      }
      waiting = again;
    }
    return results;
  }

  private async read(refs: readonly RuleRef[], prepared: Prepared) {
    const read = await Promise.all(refs.map(async (ref) => ({ ref, ...(await this.streams.read(ref)) })));
    const rules = read.flatMap((one): KnownRuleOf[] => (one.state.rule === undefined ? [] : [{ ...one, rule: one.state.rule }]));
    const [first] = rules;
    if (first === undefined) return [];
    const { state, position } = await this.ledger.read({ tenant: first.ref.tenant, sku: first.ref.sku });
    return figuresOf(rules, state, prepared, this.now()).map(({ input, ...known }) => ({ input, known, position }));
  }

  private async decide(
    { ref, rule, state }: KnownRuleOf,
    input: EvaluationInput,
    position: Position,
    by: string | undefined,
  ): Promise<RuleResult> {
    const evaluated = evaluate(state, input);
    if (evaluated === undefined) throw new Error(`the rule of ${ref.sku} at ${ref.locationId} is gone`);
    const result = { ref, rule, evaluated, position, reviewAt: state.nextReviewAt, order: standing(evaluated), refused: undefined };
    if (by === undefined) return result;
    const commandId = randomUUID();
    const orderId = replenishmentId(commandId);
    const command = { type: 'EvaluateReplenishment', ...input, version: state.version, orderId, by, commandId } as const;
    const decision = decideReplenishment(state, command);
    if (decision.kind === 'accepted' && decision.events.length === 0) return result;
    const outcome = await this.streams.execute(ref, command, by);
    if (outcome.kind === 'refused') return { ...result, order: undefined, refused: outcome.code };
    return { ...result, order: orderIn(outcome.state, orderId) ?? result.order };
  }
}

function withGiven(input: EvaluationInput, rule: ReplenishmentRule, given: Given): EvaluationInput {
  const { source } = input;
  if (source === undefined) return input;
  return { ...input, source: { ...source, promised: source.promised + (given.get(giverOf(rule) ?? '') ?? 0) } };
}

/** The suggestion of an earlier run, where the need is the same. */
function standing({ evaluation, suggestion }: Evaluated): ReplenishmentOrder | undefined {
  return evaluation.kind === 'needed' && suggestion?.quantity === evaluation.quantity ? suggestion : undefined;
}

function counted(result: RuleResult, given: Given): RuleResult {
  const { evaluation, isDue } = result.evaluated;
  const from = giverOf(result.rule);
  if (from !== undefined && isDue && evaluation.kind === 'needed') given.set(from, (given.get(from) ?? 0) + evaluation.quantity);
  return result;
}
