import { servingNobody } from '../../locations/serving.js';
import { DEFAULT_PRIORITY } from '../limits.js';
import type { PlaceReservation } from '../reservations/commands.js';
import type { SkuState } from '../state.js';
import { chosenTake, comparePlaces, type ExplainedTake } from '../stock-place.js';
import { freeStock, type FreeStock } from './free-stock.js';
import { DEFAULT_SOURCE_POLICY, findSourcePolicy } from './source-policies.js';
import type { Source, SourceChoice, SourceOrder, StockedSource } from './source-policy.js';

/** A location that may serve the reservation. */
export type Candidate = Source;

type SourceRequest = Pick<PlaceReservation, 'sources' | 'locationId' | 'quantity' | 'sourceRule' | 'destination' | 'preferredLocationId'>;

interface Ordered {
  readonly locations: number;
  readonly sources: readonly Source[];
}

/**
 * Cache of a SKU's locations sorted by priority, keyed by its balances and then by the list of sources. Both objects are replaced when
 * something changes and a SKU never loses a location, so an entry is never stale. Sorting each time would take most of a decision with many
 * locations.
 */
const known = new WeakMap<SkuState['balances'], WeakMap<readonly Source[], Ordered>>();

/** Locations of the SKU that may serve the request: the requested one, or all that are not blocked, lower priority numbers first, ties by id. */
export function candidates(
  state: Pick<SkuState, 'balances'>,
  { sources, locationId }: Pick<SourceRequest, 'sources' | 'locationId'>,
): readonly Source[] {
  if (locationId !== undefined) return servingNobody(sources).has(locationId) ? [] : [{ locationId, priority: DEFAULT_PRIORITY }];
  const { balances } = state;
  let bySources = known.get(balances);
  if (bySources === undefined) known.set(balances, (bySources = new WeakMap()));
  const before = bySources.get(sources);
  if (before !== undefined && before.locations === balances.size) return before.sources;
  const found = ordered(balances, sources);
  bySources.set(sources, { locations: balances.size, sources: found });
  return found;
}

function ordered(balances: SkuState['balances'], sources: readonly Source[]): readonly Source[] {
  const facts = new Map<string, Source>();
  for (const source of sources) facts.set(source.locationId, source);
  const found: Source[] = [];
  const closed = servingNobody(sources);
  for (const locationId of balances.keys())
    if (!closed.has(locationId)) found.push(facts.get(locationId) ?? { locationId, priority: DEFAULT_PRIORITY });
  return found.sort((left, right) => left.priority - right.priority || comparePlaces(left, right));
}

export interface SourcePlan {
  readonly takes: readonly ExplainedTake[];
  /** Locations that the rule allows, in its order. */
  readonly eligible: readonly { readonly locationId: string }[];
  /** Units that all these locations could serve together. */
  readonly available: number;
}

/**
 * Takes all units from one location if the rule allows it and one has them, else from as many as are needed, in the rule's order. It never
 * takes more than is free, whatever the rule says, and never twice from one location.
 * @throws Error if the rule's policy is not registered: a rule may exclude locations, so another policy must not replace it
 */
export function planSources(sources: readonly Source[], available: FreeStock['available'], request: SourceRequest): SourcePlan {
  const { sourceRule, locationId, preferredLocationId } = request;
  const isPlain = sourceRule === undefined || (sourceRule.name === DEFAULT_SOURCE_POLICY && sourceRule.options === undefined);
  // Without a rule, no lists of reasons are made for locations that are not chosen.
  if (locationId !== undefined || (isPlain && preferredLocationId === undefined)) return byPriority(sources, available, request);
  const { choices, splitsAccepted } = orderOf(sources, available, request);
  return take(preferredFirst(choices, available, request), available, request, splitsAccepted === true);
}

/** The locations that may serve, in the rule's order; by priority without a rule. */
function orderOf(sources: readonly Source[], available: FreeStock['available'], request: SourceRequest): SourceOrder {
  const { name = DEFAULT_SOURCE_POLICY, options = {} } = request.sourceRule ?? {};
  const policy = findSourcePolicy(name);
  if (policy === undefined) throw new Error(`there is no source policy ${name}`);
  const stocked = sources.map((source): StockedSource => ({ ...source, available: available(source.locationId) }));
  const order = policy.order({ sources: stocked, quantity: request.quantity, destination: request.destination, options });
  const left = new Set(sources.map(({ locationId }) => locationId));
  return { ...order, choices: order.choices.filter(({ locationId }) => left.delete(locationId)) };
}

function preferredFirst(
  choices: readonly SourceChoice[],
  available: FreeStock['available'],
  { preferredLocationId, quantity }: SourceRequest,
): readonly SourceChoice[] {
  const preferred = choices.find(({ locationId }) => locationId === preferredLocationId);
  if (preferred === undefined || available(preferred.locationId) < quantity) return choices;
  const because = `has all lines of the order, ${preferred.because}`;
  return [{ locationId: preferred.locationId, because }, ...choices.filter((choice) => choice !== preferred)];
}

function take(
  choices: readonly SourceChoice[],
  available: FreeStock['available'],
  { quantity }: SourceRequest,
  splitsAccepted: boolean,
): SourcePlan {
  const sum = choices.reduce((units, { locationId }) => units + available(locationId), 0);
  const single = splitsAccepted ? undefined : choices.find(({ locationId }) => available(locationId) >= quantity);
  if (single !== undefined) {
    const passedOver = choices.indexOf(single) > 0;
    const because = passedOver ? `${single.because}, first that has all ${String(quantity)}` : single.because;
    return { takes: [chosenTake(single.locationId, quantity, because)], eligible: choices, available: sum };
  }
  return { takes: split(choices, available, quantity, ({ because }) => because), eligible: choices, available: sum };
}

function byPriority(
  sources: readonly Source[],
  available: FreeStock['available'],
  { quantity, locationId: only }: SourceRequest,
): SourcePlan {
  const because = ({ priority }: Source): string => (only === undefined ? `priority ${String(priority)}` : 'asked for');
  let sum = 0;
  let single: Source | undefined;
  for (const source of sources) {
    const units = available(source.locationId);
    sum += units;
    if (single === undefined && units >= quantity) single = source;
  }
  if (single === undefined) return { takes: split(sources, available, quantity, because), eligible: sources, available: sum };
  return { takes: [chosenTake(single.locationId, quantity, because(single))], eligible: sources, available: sum };
}

function split<Choice extends { readonly locationId: string }>(
  choices: readonly Choice[],
  available: FreeStock['available'],
  quantity: number,
  because: (choice: Choice) => string,
): readonly ExplainedTake[] {
  const takes: ExplainedTake[] = [];
  let rest = quantity;
  for (const choice of choices) {
    if (rest === 0) break;
    const units = Math.min(rest, available(choice.locationId));
    rest -= units;
    if (units > 0) takes.push(chosenTake(choice.locationId, units, because(choice)));
  }
  return takes.length > 1 ? takes.map((one) => ({ ...one, because: `split: ${one.because}` })) : takes;
}

/** The stock of a SKU for one line of an order. */
export interface StockedLine {
  readonly state: Pick<SkuState, 'balances'>;
  readonly quantity: number;
  /** Units free at a location. */
  readonly available: FreeStock['available'];
}

/** The free stock of the SKU at that time. The result is a copy that does not change with the state. */
export function stockedLine(state: SkuState, at: number, quantity: number): StockedLine {
  const { available } = freeStock(state, at, () => false);
  const units = new Map([...state.balances.keys()].map((locationId) => [locationId, available(locationId)]));
  return { state: { balances: state.balances }, quantity, available: (locationId) => units.get(locationId) ?? 0 };
}

/**
 * Called before the SKUs of an order decide. Returns the location that has all lines, the first by the rule if several do; undefined if
 * none does. It is only a preference: each SKU decides by what is free at its own decision.
 */
export function commonSource(lines: readonly StockedLine[], request: Omit<SourceRequest, 'quantity'>): string | undefined {
  const [first, ...others] = lines;
  if (first === undefined || others.length === 0 || request.locationId !== undefined) return undefined;
  const hasAll = ({ locationId }: Source): boolean => lines.every(({ available, quantity }) => available(locationId) >= quantity);
  const able = candidates(first.state, request).filter(hasAll);
  if (able.length === 0) return undefined;
  return orderOf(able, first.available, { ...request, quantity: first.quantity }).choices[0]?.locationId;
}
