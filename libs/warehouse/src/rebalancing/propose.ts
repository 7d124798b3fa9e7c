import { hasHistory, type UseOfLevels } from '../replenishment/levels.js';
import { levelFor, positionOf, sharesOf } from './protection.js';
import { laneCost, laneKey, type Lane, type RebalancingPolicy } from './policy.js';

const DAY_MS = 86_400_000;

/** A SKU at a location of the policy, in units. */
export interface PlaceFigures {
  readonly locationId: string;
  /** Units that may be promised, less those that approved work is to take from here. */
  readonly available: number;
  /** Units on their way to here, by whatever work. */
  readonly inbound: number;
  readonly use: UseOfLevels;
  /** The location's own; it gives nothing below. */
  readonly reorderPoint: number;
}

export interface SkuPicture {
  readonly sku: string;
  readonly places: readonly PlaceFigures[];
}

/** A move by the policy, whether its units have arrived or not. */
export interface PastMove {
  readonly sku: string;
  readonly fromLocationId: string;
  readonly toLocationId: string;
  readonly at: number;
}

/** The figures of one side of a move; cover in days, missing where nothing is used there. */
export interface SideEffect {
  readonly dailyUse: number;
  readonly coverBefore?: number;
  readonly coverAfter?: number;
}

/** Why a move is proposed, and what it changes. */
export interface MoveReason {
  readonly code: 'out_of_stock' | 'low_cover';
  readonly source: SideEffect & { readonly reorderPoint: number; readonly availableBefore: number; readonly availableAfter: number };
  readonly destination: SideEffect & { readonly positionBefore: number; readonly positionAfter: number };
  /** For how many days the stock of all locations together lasts. */
  readonly networkCoverDays: number;
  readonly need: number;
  readonly spare: number;
  readonly laneDays: number;
  readonly costMinor: number;
}

export interface ProposedMove {
  readonly sku: string;
  readonly fromLocationId: string;
  readonly toLocationId: string;
  readonly quantity: number;
  readonly because: MoveReason;
}

export interface Circumstances {
  readonly at: number;
  readonly moves: readonly PastMove[];
  /** Moves that a person did not want: within the quiet time they are not proposed again. */
  readonly rejected?: readonly PastMove[];
  /** Units that may still be proposed today. */
  readonly unitsLeft: number;
  /** Most moves. */
  readonly most: number;
}

interface Place extends PlaceFigures {
  available: number;
  inbound: number;
}

interface Wanting {
  readonly sku: string;
  readonly place: Place;
  readonly places: readonly Place[];
  readonly cover: number;
}

/**
 * Proposes moves. A location whose stock does not last for the low cover with its safety gets units up to the level of the target cover. Where
 * all locations together have less than their levels, each has the same part of its level, so no move makes its source the next one in need. A
 * source keeps its own reorder point and that part. Those that run out soonest come first; of several sources the one that costs least.
 */
export function proposeMoves(policy: RebalancingPolicy, pictures: readonly SkuPicture[], around: Circumstances): readonly ProposedMove[] {
  const wanting = pictures.flatMap((picture) => wantingOf(policy, picture)).sort(byUrgency);
  const quiet = new QuietTime(policy, around);
  const proposed: ProposedMove[] = [];
  let { unitsLeft } = around;
  for (const one of wanting) {
    for (;;) {
      if (proposed.length >= around.most || unitsLeft < policy.minUnits) return proposed;
      const move = bestMove(policy, one, quiet, unitsLeft);
      if (move === undefined) break;
      proposed.push(move);
      quiet.note(move);
      unitsLeft -= move.quantity;
    }
  }
  return proposed;
}

function wantingOf({ locationIds, lowCoverDays }: RebalancingPolicy, { sku, places: figures }: SkuPicture): readonly Wanting[] {
  const places = figures.filter(({ locationId }) => locationIds.includes(locationId)).map((place): Place => ({ ...place }));
  return places
    .filter((place) => hasHistory(place.use) && place.use.mean > 0)
    .filter((place) => positionOf(place) < levelFor(place.use, lowCoverDays))
    .map((place) => ({ sku, place, places, cover: positionOf(place) / place.use.mean }));
}

const meanOf = ({ use }: PlaceFigures): number => Math.max(0, use.mean);

const byUrgency = (one: Wanting, other: Wanting): number =>
  one.cover - other.cover ||
  other.place.use.mean - one.place.use.mean ||
  compare(one.sku, other.sku) ||
  compare(one.place.locationId, other.place.locationId);

const compare = (one: string, other: string): number => (one < other ? -1 : Number(one > other));

function bestMove(policy: RebalancingPolicy, wanting: Wanting, quiet: QuietTime, unitsLeft: number): ProposedMove | undefined {
  const { sku, place: to, places } = wanting;
  if (quiet.hasGiven(sku, to.locationId)) return undefined;
  const shares = sharesOf(places, policy.targetCoverDays);
  const need = shares.most(to) - positionOf(to);
  const moves = policy.lanes.flatMap(
    (lane): { readonly lane: Lane; readonly from: Place; readonly spare: number; readonly quantity: number }[] => {
      if (lane.toLocationId !== to.locationId || quiet.hasReceived(sku, lane.fromLocationId) || quiet.isRejected(sku, lane)) return [];
      const from = places.find(({ locationId }) => locationId === lane.fromLocationId);
      if (from === undefined) return [];
      const spare = from.available - Math.max(from.reorderPoint, shares.least(from));
      const quantity = Math.min(need, spare, unitsLeft);
      return quantity < policy.minUnits || quantity < 1 ? [] : [{ lane, from, spare, quantity }];
    },
  );
  const [best] = moves.sort(
    (one, other) =>
      laneCost(one.lane, one.quantity) / one.quantity - laneCost(other.lane, other.quantity) / other.quantity ||
      other.spare - one.spare ||
      compare(one.from.locationId, other.from.locationId),
  );
  if (best === undefined) return undefined;
  const { lane, from, spare, quantity } = best;
  const before = { source: coverOf(from), destination: coverOf(to), available: from.available, position: positionOf(to) };
  from.available -= quantity;
  to.inbound += quantity;
  return {
    sku,
    fromLocationId: from.locationId,
    toLocationId: to.locationId,
    quantity,
    because: {
      code: before.position <= 0 ? 'out_of_stock' : 'low_cover',
      source: {
        ...effectOf(before.source, from),
        reorderPoint: from.reorderPoint,
        availableBefore: before.available,
        availableAfter: from.available,
      },
      destination: { ...effectOf(before.destination, to), positionBefore: before.position, positionAfter: positionOf(to) },
      networkCoverDays: round(networkCoverOf(places)),
      need,
      spare,
      laneDays: lane.days,
      costMinor: laneCost(lane, quantity),
    },
  };
}

/** Without a destination's own need the cover of all is 0. */
function networkCoverOf(places: readonly Place[]): number {
  const use = places.reduce((sum, place) => sum + meanOf(place), 0);
  const units = places.reduce((sum, place) => sum + Math.max(0, positionOf(place)), 0);
  return use === 0 ? 0 : units / use;
}

const round = (figure: number): number => Math.round(figure * 100) / 100;
const coverOf = (place: PlaceFigures): number | undefined => (meanOf(place) === 0 ? undefined : round(positionOf(place) / meanOf(place)));

/** @param before cover before the move, undefined where nothing is used */
function effectOf(before: number | undefined, after: PlaceFigures): SideEffect {
  const coverAfter = coverOf(after);
  return {
    dailyUse: round(meanOf(after)),
    ...(before === undefined ? {} : { coverBefore: before }),
    ...(coverAfter === undefined ? {} : { coverAfter }),
  };
}

/** Who gave or got a SKU within the quiet days, moves of this run among them. */
class QuietTime {
  readonly #gave = new Set<string>();
  readonly #got = new Set<string>();
  readonly #rejected = new Set<string>();

  constructor({ quietDays }: RebalancingPolicy, { at, moves, rejected = [] }: Circumstances) {
    const from = at - quietDays * DAY_MS;
    for (const move of rejected) if (move.at > from) this.#rejected.add(JSON.stringify([move.sku, laneKey(move)]));
    for (const move of moves) if (move.at > from) this.note(move);
  }

  note({ sku, fromLocationId, toLocationId }: Omit<PastMove, 'at'>): void {
    this.#gave.add(JSON.stringify([sku, fromLocationId]));
    this.#got.add(JSON.stringify([sku, toLocationId]));
  }

  hasGiven(sku: string, locationId: string): boolean {
    return this.#gave.has(JSON.stringify([sku, locationId]));
  }

  hasReceived(sku: string, locationId: string): boolean {
    return this.#got.has(JSON.stringify([sku, locationId]));
  }

  isRejected(sku: string, lane: Lane): boolean {
    return this.#rejected.size > 0 && this.#rejected.has(JSON.stringify([sku, laneKey(lane)]));
  }
}
