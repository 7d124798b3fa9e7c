import { openUnits, waitingUnits, type Hold } from './holds.js';
import type { ToBeWaitedFor } from './line-books.js';

/** What could be promised as of one event. */
interface Page {
  readonly position: number;
  readonly onHand: ReadonlyMap<string, number>;
  readonly held: readonly { readonly expiresAt: number; readonly open: ReadonlyMap<string, number> }[];
  /** Units that are for those who wait, whenever they come. */
  readonly waiting: number;
  readonly toBeWaitedFor: ToBeWaitedFor | undefined;
}

/** Somebody's chance at some moment of a run. */
export interface Chance {
  /** Positions of the newest event when they asked, and when they were answered. */
  readonly from: number;
  readonly to: number;
  /** When they asked, and when they were answered at the latest; epoch milliseconds. */
  readonly at: number;
  readonly until: number;
  readonly locationId?: string | undefined;
  readonly channelId?: string | undefined;
}

/** What was free after each event of one SKU, to hold refusals against. */
export class Pages {
  readonly #pages: Page[] = [];

  turn(position: number, onHand: ReadonlyMap<string, number>, holds: Iterable<Hold>, toBeWaitedFor: ToBeWaitedFor | undefined): void {
    const open = [...holds].filter(({ ending }) => ending === 'open');
    const held = open.filter((hold) => openUnits(hold) > 0).map(({ expiresAt, open: units }) => ({ expiresAt, open: new Map(units) }));
    const waiting = open.reduce((units, hold) => units + waitingUnits(hold), 0);
    this.#pages.push({ position, onHand: new Map(onHand), held, waiting, toBeWaitedFor });
  }

  /** The fewest units that could be promised at any moment of the chance. */
  fewestFree(chance: Chance): number {
    return this.#fewest(chance, (page) => freeOn(page, chance));
  }

  /** The fewest that could be promised or waited for; where one location is asked for, only those that lie there. */
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

function freeOn({ onHand, held, waiting }: Page, { at, locationId: only }: Chance): number {
  let all = 0;
  let there = 0;
  for (const [locationId, units] of onHand) {
    const reserved = held.reduce((total, { expiresAt, open }) => total + (expiresAt > at ? (open.get(locationId) ?? 0) : 0), 0);
    // What one location owes stays at the others.
    all += units - reserved;
    if (only === undefined || locationId === only) there += Math.max(0, units - reserved);
  }
  return Math.max(0, Math.min(all, there) - waiting);
}
