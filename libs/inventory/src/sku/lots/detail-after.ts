import type { SkuEvent } from '../events.js';
import { copyOfSums, countHold, noSums } from '../holds/hold-sums.js';
import { coveredLots } from '../holds/lot-holds.js';
import type { EndedHold, StockDetail, StockHold } from '../holds/state.js';
import type { SkuState } from '../state.js';
import { lotDeclared, lotExpired, lotExpiryChanged } from './evolve.js';
import type { ChangesPositions, LotExpired, PositionChange } from './events.js';
import { changeOnlyPositions, copyOfLots, copyOfPositions, noLots } from './positions.js';
import type { LotStock } from './state.js';

const CHANGES_HOLDS: ReadonlySet<SkuEvent['type']> = new Set(['HoldPlaced', 'HoldReleased', 'LotDeclared', 'LotRenamed']);
const CHANGES_LOTS: ReadonlySet<SkuEvent['type']> = new Set(['LotControlSet', 'LotDeclared', 'LotExpiryChanged', 'LotExpired']);
const NOWHERE: readonly string[] = [];

const positionsOfEvent = (event: SkuEvent): readonly PositionChange[] => (event as ChangesPositions).positions ?? [];

/** Whether units leave a place of which no position is held: then the held units do not depend on the positions. */
const leavesPlainly = ({ locationId, delta, sellable }: PositionChange, { detail }: SkuState): boolean =>
  delta < 0 &&
  sellable === undefined &&
  detail?.sums.lots.size === 0 &&
  detail.lots?.control !== 'required' &&
  detail.lots?.expiredLots.size === 0 &&
  detail.lots.locations.get(locationId)?.closedBins.size === 0;

/** Holds and lots as the events of one append change them. It copies only what these events change. */
export class DetailAfter {
  readonly detail: StockDetail;
  #ownsLots = false;
  readonly #followsPositions: boolean;

  constructor(
    private readonly before: SkuState,
    events: readonly SkuEvent[],
    private readonly at: number,
  ) {
    const { holds = new Map<string, StockHold>(), endedHolds = new Map<string, EndedHold>(), sums = noSums(), lots } = before.detail ?? {};
    const changes = events.flatMap(positionsOfEvent);
    this.#followsPositions = !changes.every((change) => leavesPlainly(change, this.before));
    const places = new Set(this.#followsPositions ? changes.map(({ locationId }) => locationId) : []);
    const changesLots = places.size > 0 || events.some(({ type }) => CHANGES_LOTS.has(type));
    const splits = events.some((event) => event.type === 'LotDeclared' && event.parentLotId !== undefined);
    this.detail = {
      holds: splits ? new Map([...holds].map(([holdId, hold]) => [holdId, { ...hold }])) : holds,
      endedHolds,
      sums: events.some(({ type }) => CHANGES_HOLDS.has(type)) ? copyOfSums(sums) : sums,
      lots: changesLots ? copyOfPositions(lots ?? noLots(), places) : lots,
    };
  }

  /** Applies the event. @returns locations whose held units may change by it, besides those whose on hand changes */
  apply(event: SkuEvent): readonly string[] | 'all' {
    const positions = positionsOfEvent(event);
    if (positions.length > 0 && this.#followsPositions) changeOnlyPositions(this.#lots(), positions);
    switch (event.type) {
      case 'HoldPlaced':
      case 'HoldReleased':
        return this.#count(event);
      case 'LotDeclared':
        lotDeclared({ ...this.detail, lots: this.#ownLots() }, event, this.at);
        return NOWHERE;
      case 'LotExpired':
        lotExpired(this.#ownLots(), event, this.at);
        return event.locationIds;
      case 'LotExpiryChanged':
        lotExpiryChanged(this.#ownLots(), event);
        return this.#placesOf(event.lotId);
      case 'LotControlSet':
        this.#ownLots().control = event.control;
        return 'all';
      default:
        return positions.map(({ locationId }) => locationId);
    }
  }

  /** Lots that are expired where these changes bring units of them and that are not recorded as such. */
  expiredOnArrival(positions: readonly PositionChange[]): readonly LotExpired[] {
    return positions.flatMap(({ locationId, lotId, delta }) => (delta > 0 && lotId !== undefined ? this.#due(lotId, [locationId]) : []));
  }

  /** What the new date of a lot makes expired at once. */
  expiredByDate(event: SkuEvent): readonly LotExpired[] {
    return event.type === 'LotExpiryChanged' ? this.#due(event.lotId, this.#placesOf(event.lotId)) : [];
  }

  #due(lotId: string, locationIds: readonly string[]): readonly LotExpired[] {
    const lot = this.detail.lots?.lots.get(lotId);
    if (lot === undefined) return [];
    const due = locationIds.filter((id) => !lot.expired.has(id) && (lot.expiresAt.get(id) ?? Number.POSITIVE_INFINITY) <= this.at);
    return due.length === 0 ? [] : [{ type: 'LotExpired', lotId, locationIds: due, because: 'date', uncoveredUnits: 0 }];
  }

  #lots(): LotStock {
    return (this.detail.lots ??= noLots());
  }

  /** The lots, copied before the first of them changes: most decisions change none. */
  #ownLots(): LotStock {
    if (!this.#ownsLots) this.detail.lots = copyOfLots(this.#lots());
    this.#ownsLots = true;
    return this.#lots();
  }

  #placesOf(lotId: string): readonly string[] {
    return [...(this.detail.lots?.locations ?? [])].filter(([, { lots }]) => lots.has(lotId)).map(([locationId]) => locationId);
  }

  #count(event: Extract<SkuEvent, { type: 'HoldPlaced' | 'HoldReleased' }>): readonly string[] | 'all' {
    const hold =
      event.type === 'HoldPlaced'
        ? { ...event, lotIds: coveredLots(this.detail.lots, event) }
        : this.before.detail?.holds.get(event.holdId);
    if (hold === undefined) return NOWHERE;
    const { locationId, lotIds } = hold;
    countHold(this.detail.sums, { locationId, lotIds, quantity: event.quantity }, event.type === 'HoldPlaced' ? 1 : -1);
    if (locationId !== undefined) return [locationId];
    return lotIds === undefined ? 'all' : lotIds.flatMap((lotId) => this.#placesOf(lotId));
  }
}
