import type { Expiring } from './lot-blocks.js';
import { openUnits, waitingUnits, type Hold } from './holds.js';
import type { ToBeWaitedFor } from './waiting-audit.js';

/** The units that could be promised after one event. */
interface Page {
  readonly position: number;
  /** Units on hand that may leave, by location. */
  readonly sellable: ReadonlyMap<string, number>;
  readonly held: readonly { readonly expiresAt: number; readonly open: ReadonlyMap<string, number> }[];
  /** Units that reservations wait for; supply serves these first. */
  readonly waiting: number;
  readonly toBeWaitedFor: ToBeWaitedFor | undefined;
  /** Of the units that may leave, those that are to expire. */
  readonly expiring: readonly Expiring[];
}

/** One request's time window, locations and channel, for which the free units are looked up. */
export interface Chance {
  /** Positions of the newest event at the request and at the answer. */
  readonly from: number;
  readonly to: number;
  /** Time of the request, and latest time of the answer; epoch milliseconds. */
  readonly at: number;
  readonly until: number;
  readonly locationId?: string | undefined;
  readonly channelId?: string | undefined;
}

/** The free units after each event of one SKU; refusals are checked against them. */
export class Pages {
  readonly #pages: Page[] = [];

  turn(
    position: number,
    sellable: ReadonlyMap<string, number>,
    holds: Iterable<Hold>,
    { toBeWaitedFor, expiring }: Pick<Page, 'toBeWaitedFor' | 'expiring'>,
  ): void {
    const open = [...holds].filter(({ ending }) => ending === 'open');
    const held = open.filter((hold) => openUnits(hold) > 0).map(({ expiresAt, open: units }) => ({ expiresAt, open: new Map(units) }));
    const waiting = open.reduce((units, hold) => units + waitingUnits(hold), 0);
    this.#pages.push({ position, sellable: new Map(sellable), held, waiting, toBeWaitedFor, expiring });
  }

  /** The fewest units that could be promised at any moment of the window. */
  fewestFree(chance: Chance): number {
    return this.#fewest(chance, (page) => freeOn(page, chance));
  }

  /** The fewest that could be promised or waited for; with a location requested, only its free units. */
  fewestToBeHad(chance: Chance): number {
    const { until, locationId, channelId } = chance;
    return this.#fewest(chance, (page) => {
      const toCome = locationId === undefined ? (page.toBeWaitedFor?.(until, channelId) ?? 0) : 0;
      return freeOn(page, chance) + toCome;
    });
  }

  #fewest({ from, to }: Chance, unitsOn: (page: Page) => number): number {
    let fewest = Number.POSITIVE_INFINITY;
    for (const [index, page] of this.#pages.entries()) {
      const next = this.#pages[index + 1]?.position ?? Number.POSITIVE_INFINITY;
      if (page.position <= to && next > from) fewest = Math.min(fewest, unitsOn(page));
    }
    const knownFrom = this.#pages[0]?.position ?? Number.POSITIVE_INFINITY;
    return fewest === Number.POSITIVE_INFINITY || knownFrom > from ? 0 : fewest;
  }
}

function freeOn({ sellable, held, waiting, expiring }: Page, { at, until, locationId: only }: Chance): number {
  let all = 0;
  let there = 0;
  for (const [locationId, now] of sellable) {
    // Units that expire before the answer may be refused already.
    let units = now;
    for (const lot of expiring) if (lot.locationId === locationId && lot.expiresAt <= until) units -= lot.units;
    const reserved = held.reduce((total, { expiresAt, open }) => total + (expiresAt > at ? (open.get(locationId) ?? 0) : 0), 0);
    // Units that one location owes are kept at the others.
    all += units - reserved;
    if (only === undefined || locationId === only) there += Math.max(0, units - reserved);
  }
  return Math.max(0, Math.min(all, there) - waiting);
}
