import { dailyUse, proposeMoves, type DayOfUse, type PastMove, type RebalancingPolicy, type SkuPicture } from '@holdfast/warehouse';
import { DAY_MS, SHARES, type Asked } from './asked.js';

/** How the shop buys: the same with and without rebalancing. */
export interface Supply {
  /** Days between two deliveries, each of which fills every location up. */
  readonly everyDays: number;
  /** To how many days of what all locations were asked for lately, times its share. */
  readonly upToDays: number;
}

export interface YearResult {
  readonly asked: number;
  readonly lost: number;
  readonly moves: number;
  readonly movedUnits: number;
  readonly costMinor: number;
  readonly deliveredUnits: number;
}

/** Before these days there is stock for everybody; they tell daily use and what to buy. */
const HISTORY_DAYS = 56;
const USE_WINDOW_DAYS = 90;
const LOCATIONS = SHARES.map(([locationId]) => locationId);

interface Place {
  readonly share: number;
  onHand: number;
  inbound: number;
  /** The last days with events, oldest first. */
  readonly days: DayOfUse[];
}

interface Travelling {
  readonly place: Place;
  readonly quantity: number;
}

/** Plays the year day by day. A unit that is not at the location of its customer is a lost one; nobody waits or buys elsewhere. */
export class ShopYear {
  private readonly places = new Map<string, ReadonlyMap<string, Place>>();
  private readonly askedBySku = new Map<string, { readonly day: number; readonly quantity: number }[]>();
  private readonly arrivals = new Map<number, Travelling[]>();
  private readonly past: PastMove[] = [];
  private readonly sum = { asked: 0, lost: 0, moves: 0, movedUnits: 0, costMinor: 0, deliveredUnits: 0 };

  constructor(
    private readonly supply: Supply,
    private readonly policy: RebalancingPolicy | undefined,
  ) {}

  play(asked: readonly Asked[]): YearResult {
    const byDay = new Map<number, Asked[]>();
    for (const one of asked) listAt(byDay, one.day).push(one);
    const days = [...byDay.keys()];
    const [first, last] = [Math.min(...days), Math.max(...days)];
    const opening = first + HISTORY_DAYS;
    for (let day = first; day <= last; day += 1) {
      for (const { place, quantity } of this.arrivals.get(day) ?? []) {
        place.onHand += quantity;
        place.inbound -= quantity;
      }
      const isOpen = day >= opening;
      if (isOpen && (day - opening) % this.supply.everyDays === 0) this.deliver(day);
      this.sell(day, byDay.get(day) ?? [], isOpen);
      if (isOpen && this.policy !== undefined) this.rebalance(day, this.policy);
    }
    return { ...this.sum };
  }

  private deliver(day: number): void {
    for (const [sku, places] of this.places) {
      const recent = (this.askedBySku.get(sku) ?? []).filter((one) => one.day >= day - HISTORY_DAYS);
      const perDay = recent.reduce((sum, { quantity }) => sum + quantity, 0) / HISTORY_DAYS;
      for (const place of places.values()) {
        const units = Math.max(0, Math.ceil(perDay * this.supply.upToDays * place.share) - place.onHand - place.inbound);
        place.onHand += units;
        this.sum.deliveredUnits += units;
      }
    }
  }

  private sell(day: number, asked: readonly Asked[], isOpen: boolean): void {
    const atStart = new Map<Place, number>();
    const used = new Map<Place, number>();
    for (const { sku, locationId, quantity } of asked) {
      const place = this.placesOf(sku).get(locationId);
      if (place === undefined) continue;
      listAt(this.askedBySku, sku).push({ day, quantity });
      if (!atStart.has(place)) atStart.set(place, place.onHand);
      const sold = isOpen ? Math.min(place.onHand, quantity) : quantity;
      if (isOpen) {
        place.onHand -= sold;
        this.sum.asked += quantity;
        this.sum.lost += quantity - sold;
      }
      used.set(place, (used.get(place) ?? 0) + sold);
    }
    for (const places of this.places.values()) {
      for (const place of places.values()) {
        const sold = used.get(place) ?? 0;
        const most = isOpen ? (atStart.get(place) ?? place.onHand) : 1;
        note(place, { day, used: sold, mostOnHand: most, closingOnHand: isOpen ? place.onHand : 1 });
      }
    }
  }

  private rebalance(day: number, policy: RebalancingPolicy): void {
    const at = day * DAY_MS;
    const pictures = [...this.places].map(([sku, places]) => pictureOf(sku, places, day));
    const moves = proposeMoves(policy, pictures, { at, moves: this.past, unitsLeft: policy.maxUnitsPerDay, most: 10_000 });
    for (const { sku, fromLocationId, toLocationId, quantity, because } of moves) {
      const [from, to] = [this.placesOf(sku).get(fromLocationId), this.placesOf(sku).get(toLocationId)];
      if (from === undefined || to === undefined) continue;
      from.onHand -= quantity;
      to.inbound += quantity;
      const arrival = day + because.laneDays;
      listAt(this.arrivals, arrival).push({ place: to, quantity });
      this.past.push({ sku, fromLocationId, toLocationId, at });
      this.sum.moves += 1;
      this.sum.movedUnits += quantity;
      this.sum.costMinor += because.costMinor;
    }
    while ((this.past[0]?.at ?? at) <= at - policy.quietDays * DAY_MS) this.past.shift();
  }

  private placesOf(sku: string): ReadonlyMap<string, Place> {
    const known = this.places.get(sku);
    if (known !== undefined) return known;
    const places = new Map(SHARES.map(([locationId, share]): [string, Place] => [locationId, { share, onHand: 0, inbound: 0, days: [] }]));
    this.places.set(sku, places);
    return places;
  }
}

function listAt<Key, Value>(lists: Map<Key, Value[]>, key: Key): Value[] {
  const known = lists.get(key);
  if (known !== undefined) return known;
  const fresh: Value[] = [];
  lists.set(key, fresh);
  return fresh;
}

/** A day on which nothing happened is left out where the one before says the same. */
function note({ days }: Place, today: DayOfUse): void {
  const before = days.at(-1);
  if (
    today.used === 0 &&
    before !== undefined &&
    before.closingOnHand > 0 === today.closingOnHand > 0 &&
    today.mostOnHand > 0 === before.closingOnHand > 0
  )
    return;
  days.push(today);
  while ((days[1]?.day ?? today.day) < today.day - USE_WINDOW_DAYS) days.shift();
}

const pictureOf = (sku: string, places: ReadonlyMap<string, Place>, day: number): SkuPicture => ({
  sku,
  places: LOCATIONS.flatMap((locationId) => {
    const place = places.get(locationId);
    if (place === undefined) return [];
    // A run after the shop closed: the day counts.
    return [
      { locationId, available: place.onHand, inbound: place.inbound, use: dailyUse(place.days, day + 1, USE_WINDOW_DAYS), reorderPoint: 0 },
    ];
  }),
});
