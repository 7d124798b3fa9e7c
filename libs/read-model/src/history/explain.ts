import { availableOf, channelSteps, ON_HAND_STEPS } from '@holdfast/inventory';
import type { ChannelBound, ChannelPolicy, ChannelStepName, OnHandStep } from '@holdfast/inventory';
import { balancesAsOf, eachMovement, named, Newest, type Known, type NamedMovement, type Steps } from './as-of.js';
import type { AsOfBalance } from './as-of-balance.js';
import { NONE, type SkuHistory } from './sku-history.js';

/** `earlier`: of a long stream, everything before the events that were read. */
export type ExplainedStepName = OnHandStep | 'earlier' | 'notInFigure' | 'held' | 'reserved' | ChannelStepName;

/** One bar of the waterfall. */
export interface ExplainedStep {
  readonly step: ExplainedStepName;
  /** Change by this step; all steps add up to the figure. */
  readonly units: number;
  /** What is left after it. */
  readonly left: number;
  /** Movements behind it, open reservations, or changes of held units. */
  readonly count: number;
  /** The newest of these, newest first. */
  readonly events: readonly NamedMovement[];
  /** Of units sold or reserved: by sales channel, without those of no channel. */
  readonly channels: readonly { readonly channelId: string; readonly units: number }[];
}

export interface ExplainedFigure {
  /** The sum of the steps. */
  readonly units: number;
  readonly steps: readonly ExplainedStep[];
  /** Of the location asked for, or of all. */
  readonly balances: readonly AsOfBalance[];
}

/** How a channel may promise at the time asked for. */
export interface ChannelThen {
  readonly policy: ChannelPolicy;
  readonly enabled: boolean;
  /** What the SKU's limits left to the channel; undefined for a SKU without limits. */
  readonly bound: ChannelBound | undefined;
}

export interface Explaining {
  readonly known: Known;
  readonly locationId?: string | undefined;
  readonly channel?: ChannelThen | undefined;
  /** Most events that a step names. */
  readonly events: number;
}

type Step = Omit<ExplainedStep, 'left'>;

/**
 * Called by the explanation of a figure: of what a channel may promise where one is given, else of what is available. Its steps begin with
 * the newest count or ERP figure of each location and add up to the figure exactly.
 */
export function* explain(history: SkuHistory, { known, locationId, channel, events }: Explaining): Steps<ExplainedFigure> {
  const all = yield* balancesAsOf(history, known);
  const balances = locationId === undefined ? all : all.filter((balance) => balance.locationId === locationId);
  const steps = [
    ...(yield* onHandSteps(history, known, locationId, events)),
    yield* heldStep(history, known, locationId, events),
    yield* reservedStep(history, known, locationId, events),
  ];
  const rest = channel === undefined ? [neverBelowZero(balances)] : channelSteps({ balances: all, locationId, ...channel });
  for (const { step, units } of rest) steps.push({ step, units, count: 0, events: [], channels: [] });
  let left = 0;
  const shown = steps.filter(({ step, units }) => units !== 0 || isFigure(step)).map((step) => ({ ...step, left: (left += step.units) }));
  return { units: left, steps: shown, balances };
}

/** A figure of 0 is worth saying; a step that changes nothing is not. */
const isFigure = (step: ExplainedStepName): boolean => step === 'erpFigure' || step === 'counted';

/** A shortage at one location does not reduce what is available at another. */
const neverBelowZero = (balances: readonly AsOfBalance[]): { readonly step: 'neverBelowZero'; readonly units: number } => ({
  step: 'neverBelowZero',
  units: balances.reduce((units, balance) => units + availableOf(balance) - (balance.onHand - balance.held - balance.reserved), 0),
});

class StepSum {
  units = 0;
  readonly newest: Newest;
  private readonly byChannel = new Map<number, number>();

  constructor(most: number) {
    this.newest = new Newest(most);
  }

  ofChannel(channel: number, units: number): void {
    if (channel !== NONE) this.byChannel.set(channel, (this.byChannel.get(channel) ?? 0) + units);
  }

  channels(history: SkuHistory): ExplainedStep['channels'] {
    return [...this.byChannel]
      .filter(([, units]) => units !== 0)
      .map(([channel, units]) => ({ channelId: history.channels.list[channel] ?? '', units }))
      .sort((one, other) => (one.channelId < other.channelId ? -1 : 1));
  }
}

const STEP_ORDER: readonly ExplainedStepName[] = ['earlier', 'erpFigure', 'counted', 'notInFigure', ...ON_HAND_STEPS.slice(2)];

function* onHandSteps(history: SkuHistory, known: Known, locationId: string | undefined, events: number): Steps<Step[]> {
  const only = locationId === undefined ? undefined : history.locations.list.indexOf(locationId);
  const isAsked = (movement: number): boolean => only === undefined || history.locationOf(movement) === only;
  /** By location: its newest count or figure. */
  const begins = new Map<number, number>();
  yield* eachMovement(history, known, (movement) => {
    if (isAsked(movement) && !Number.isNaN(history.figureOf(movement))) begins.set(history.locationOf(movement), movement);
  });
  const sums = new Map<ExplainedStepName, StepSum>();
  const sumOf = (step: ExplainedStepName): StepSum => {
    let sum = sums.get(step);
    if (sum === undefined) sums.set(step, (sum = new StepSum(events)));
    return sum;
  };
  for (const movement of begins.values()) {
    const [figure, notInFigure] = [sumOf(stepName(history, movement)), sumOf('notInFigure')];
    figure.units += history.figureOf(movement);
    figure.newest.add(movement);
    notInFigure.units -= history.figureOf(movement);
    notInFigure.newest.add(movement);
  }
  yield* eachMovement(history, known, (movement) => {
    const units = history.onHandOf(movement);
    if (units === 0 || !isAsked(movement)) return;
    const isBefore = movement <= (begins.get(history.locationOf(movement)) ?? -1);
    const sum = sumOf(isBefore ? 'notInFigure' : stepName(history, movement));
    sum.units += units;
    if (isBefore) return;
    sum.newest.add(movement);
    sum.ofChannel(history.channelOf(history.eventOf(movement)), units);
  });
  return STEP_ORDER.flatMap((step) => {
    const sum = sums.get(step);
    if (sum === undefined || (step === 'notInFigure' && sum.units === 0)) return [];
    const named = sum.newest.list().map((movement) => namedIn(history, step, movement));
    return [{ step, units: sum.units, count: sum.newest.count, events: named, channels: sum.channels(history) }];
  });
}

const stepName = (history: SkuHistory, movement: number): OnHandStep | 'earlier' =>
  ON_HAND_STEPS[history.stepOf(history.eventOf(movement))] ?? 'earlier';

/** The event of a figure changed on hand by a difference; the units of its step are what it said lay there. */
function namedIn(history: SkuHistory, step: ExplainedStepName, movement: number): NamedMovement {
  const each = named(history, movement);
  return isFigure(step) ? { ...each, units: history.figureOf(movement) } : each;
}

/** Units that may not leave; its events are those that changed them. */
function* heldStep(history: SkuHistory, known: Known, locationId: string | undefined, events: number): Steps<Step> {
  const only = locationId === undefined ? undefined : history.locations.list.indexOf(locationId);
  const sum = new StepSum(events);
  yield* eachMovement(history, known, (movement) => {
    const units = history.heldOf(movement);
    if (units === 0 || (only !== undefined && history.locationOf(movement) !== only)) return;
    sum.units -= units;
    sum.newest.add(movement);
  });
  const changes = sum.newest.list().map((movement) => ({ ...named(history, movement), units: -history.heldOf(movement) }));
  return { step: 'held', units: sum.units, count: sum.newest.count, events: changes, channels: [] };
}

/** Units of open reservations; its events are those that placed them. */
function* reservedStep(history: SkuHistory, known: Known, locationId: string | undefined, events: number): Steps<Step> {
  const only = locationId === undefined ? undefined : history.locations.list.indexOf(locationId);
  const open = new Float64Array(history.reservationCount);
  const sum = new StepSum(events);
  yield* eachMovement(history, known, (movement) => {
    const units = history.reservedOf(movement);
    if (units === 0 || (only !== undefined && history.locationOf(movement) !== only)) return;
    const event = history.eventOf(movement);
    sum.units -= units;
    sum.ofChannel(history.channelOf(event), -units);
    const reservation = history.reservationOf(event);
    open[reservation] = (open[reservation] ?? 0) + units;
  });
  for (let reservation = NONE + 1; reservation < open.length; reservation += 1) if (open[reservation] !== 0) sum.newest.add(reservation);
  const placed = sum.newest.list().map((reservation): NamedMovement => {
    const event = history.placedByOf(reservation);
    const units = -(open[reservation] ?? 0);
    return { revision: history.revisionOf(event), effectiveAt: history.recordedAtOf(event), locationId: locationId ?? '', units };
  });
  return { step: 'reserved', units: sum.units, count: sum.newest.count, events: placed, channels: sum.channels(history) };
}
