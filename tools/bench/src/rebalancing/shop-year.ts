import { dailyUse, proposeMoves, type DayOfUse, type PastMove, type RebalancingPolicy, type SkuPicture } from '@holdfast/warehouse';
import { DAY_MS, SHARES, type Asked } from './asked.js';
import { byDay, type Delivered } from './clairvoyant.js';

/**
 * How goods come, the same with and without rebalancing: at the beginning of each period as many units of a SKU as the shop really sold in
 * it, handed out by the plan. In total nothing is ever missing; what is lost is at the wrong location.
 */
export interface Supply {
  readonly everyDays: number;
}

export interface YearResult {
  readonly asked: number;
  readonly lost: number;
  readonly moves: number;
  readonly movedUnits: number;
  readonly costMinor: number;
  readonly deliveredUnits: number;
}

const USE_WINDOW_DAYS = 90;
const LOCATIONS = SHARES.map(([locationId]) => locationId);

interface Place {
  readonly locationId: string;
  readonly share: number;
  /** Of its share, the part of a unit that it got too few. */
  owed: number;
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
  readonly delivered: Delivered[] = [];
  private readonly places = new Map<string, ReadonlyMap<string, Place>>();
  /** Units of the period that begins. */
  private readonly coming = new Map<string, number>();
  private readonly arrivals = new Map<number, Travelling[]>();
  private readonly past: PastMove[] = [];
  private readonly sum = { asked: 0, lost: 0, moves: 0, movedUnits: 0, costMinor: 0, deliveredUnits: 0 };

  constructor(
    private readonly supply: Supply,
    private readonly policy: RebalancingPolicy | undefined,
  ) {}

  play(asked: readonly Asked[]): YearResult {
    const askedOn = byDay(asked);
    const days = [...askedOn.keys()];
    const [first, last] = [Math.min(...days), Math.max(...days)];
    for (let day = first; day <= last; day += 1) {
      for (const { place, quantity } of this.arrivals.get(day) ?? []) {
        place.onHand += quantity;
        place.inbound -= quantity;
      }
      if ((day - first) % this.supply.everyDays === 0) {
        for (let each = day; each < day + this.supply.everyDays; each += 1) this.count(askedOn.get(each) ?? []);
        this.deliver(day);
      }
      this.sell(day, askedOn.get(day) ?? []);
      if (this.policy !== undefined) this.rebalance(day, this.policy);
    }
    return { ...this.sum };
  }

  private count(asked: readonly Asked[]): void {
    for (const { sku, quantity } of asked) this.coming.set(sku, (this.coming.get(sku) ?? 0) + quantity);
  }

  /** Whole units; who got fewer than its share is the first the next time. */
  private deliver(day: number): void {
    for (const [sku, units] of this.coming) {
      const places = [...this.placesOf(sku).values()];
      const before = places.map(({ onHand }) => onHand);
      let left = units;
      for (const place of places) {
        place.owed += place.share * units;
        const got = Math.max(0, Math.floor(place.owed));
        place.owed -= got;
        place.onHand += got;
        left -= got;
      }
      for (const place of places.toSorted((one, other) => other.owed - one.owed)) {
        if (left <= 0) break;
        place.owed -= 1;
        place.onHand += 1;
        left -= 1;
      }
      places.forEach(({ locationId, onHand }, index) =>
        this.delivered.push({ day, sku, locationId, quantity: onHand - (before[index] ?? 0) }),
      );
      this.sum.deliveredUnits += units;
    }
    this.coming.clear();
  }

  private sell(day: number, asked: readonly Asked[]): void {
    const atStart = new Map<Place, number>();
    const used = new Map<Place, number>();
    for (const { sku, locationId, quantity } of asked) {
      const place = this.placesOf(sku).get(locationId);
      if (place === undefined) continue;
      if (!atStart.has(place)) atStart.set(place, place.onHand);
      const sold = Math.min(place.onHand, quantity);
      place.onHand -= sold;
      this.sum.asked += quantity;
      this.sum.lost += quantity - sold;
      used.set(place, (used.get(place) ?? 0) + sold);
    }
    for (const places of this.places.values()) {
      for (const place of places.values()) {
        const mostOnHand = atStart.get(place) ?? place.onHand;
        note(place, { day, used: used.get(place) ?? 0, mostOnHand, closingOnHand: place.onHand });
      }
    }
  }

  private rebalance(day: number, policy: RebalancingPolicy): void {
    const at = day * DAY_MS;
    const pictures = [...this.places].filter(([, places]) => mayMove(places)).map(([sku, places]) => pictureOf(sku, places, day));
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
    const places = new Map(
      SHARES.map(([locationId, share]): [string, Place] => [locationId, { locationId, share, owed: 0, onHand: 0, inbound: 0, days: [] }]),
    );
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

/** Some have units, others may lack them: all others are left out, as nothing can move. */
const mayMove = (places: ReadonlyMap<string, Place>): boolean => [...places.values()].some(({ onHand }) => onHand > 0);

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
