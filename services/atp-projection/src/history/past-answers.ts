import { availableOf } from '@holdfast/inventory';
import type { AsOfBalance, Clocks, NamedMovement } from '@holdfast/read-model';
import { sourceOf } from './event-item.js';
import type { AsOfAnswer, BalanceThenAnswer, ExplainAnswer, ExplainQuery, NamedEventAnswer } from './past.dto.js';
import type { NamedEvents, Outline, StockAsOf, StockExplained } from './stock-past.js';

const time = (millis: number): string => new Date(millis).toISOString();
const timeOrNull = (millis: number | undefined): string | null => (millis === undefined ? null : time(millis));

const balance = ({ locationId, onHand, reserved, held, inTransit, safetyStock }: AsOfBalance): BalanceThenAnswer => ({
  locationId,
  onHand,
  reserved,
  held,
  available: availableOf({ onHand, reserved, held }),
  inTransit,
  safetyStock,
});

function named(movements: readonly NamedMovement[], events: NamedEvents): readonly NamedEventAnswer[] {
  return movements.flatMap(({ revision, effectiveAt, locationId, units }) => {
    const recorded = revision === undefined ? undefined : events.get(revision);
    if (recorded === undefined) return [];
    return [{ ...sourceOf(recorded), effectiveAt: time(effectiveAt), units, ...(locationId === '' ? {} : { locationId }) }];
  });
}

const frame = (
  sku: string,
  { at, knownAt }: Clocks,
  { revision, explainedFrom, firstRecordedAt, earliestEffectiveAt }: Outline,
): Omit<AsOfAnswer, 'locations' | 'late'> => ({
  sku,
  at: timeOrNull(at),
  knownAt: timeOrNull(knownAt),
  revision,
  explainedFrom,
  knownFrom: time(firstRecordedAt),
  effectiveFrom: time(earliestEffectiveAt),
});

export function asOfAnswer(sku: string, clocks: Clocks, found: StockAsOf): AsOfAnswer {
  const then = new Map(found.knownThen.map((each) => [each.locationId, each]));
  return {
    ...frame(sku, clocks, found),
    locations: found.balances.map((each) => ({
      ...balance(each),
      onHandKnownThen: then.get(each.locationId)?.onHand ?? 0,
      reservedKnownThen: then.get(each.locationId)?.reserved ?? 0,
    })),
    late: { count: found.late.count, events: named(found.late.newest, found.events) },
  };
}

export function explainAnswer(
  sku: string,
  clocks: Clocks,
  { locationId, channelId }: Pick<ExplainQuery, 'locationId' | 'channelId'>,
  { figure, events, ...found }: StockExplained,
): ExplainAnswer {
  return {
    ...frame(sku, clocks, found),
    ...(locationId === undefined ? {} : { locationId }),
    ...(channelId === undefined ? {} : { channelId }),
    figure: channelId === undefined ? 'available' : 'channelAtp',
    units: figure.units,
    steps: figure.steps.map((step) => ({ ...step, events: named(step.events, events) })),
    locations: figure.balances.map(balance),
  };
}
