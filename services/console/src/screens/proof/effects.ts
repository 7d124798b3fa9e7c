import type { Instant, PositionChange } from './lots.js';
import { must, units, type Counts } from './units.js';

/** Change of the units on hand and reserved at a location; of a balance also those that may not leave. */
export interface Change {
  readonly locationId: string;
  readonly onHand: number;
  readonly reserved: number;
  readonly held?: number;
}

interface Take {
  readonly locationId: string;
  readonly quantity: number;
}

/** Data of an event as a certificate carries them; each rule reads the members that its event has. */
export interface EventData {
  readonly locationId: string;
  readonly fromLocationId: string;
  readonly toLocationId: string;
  readonly delta: number;
  readonly quantity: number;
  readonly overbookingUnits: number;
  readonly reservationId: string;
  readonly commitId: string;
  readonly transferId: string;
  readonly holdId: string;
  readonly takes: readonly Take[];
  readonly alreadyIssued: readonly Take[];
  readonly restored: readonly Take[];
  readonly reassigned: readonly Take[];
  readonly positions?: readonly PositionChange[];
  readonly allowUncovered?: boolean;
  readonly lotId?: string;
  readonly lotIds?: readonly string[];
  readonly holdType: string;
  readonly control: string;
  readonly expiresAt: readonly Instant[];
  readonly parentLotId?: string;
  readonly toLotId: string;
  readonly locationIds: readonly string[];
}

/** Without a location a hold is on every one, without a quantity on all units. */
type HoldData = Pick<EventData, 'holdId' | 'holdType' | 'lotId' | 'lotIds'> & Partial<Pick<EventData, 'locationId' | 'quantity'>>;

/** What an event is in a certificate: it tells how things are, takes units, or ends what took them. */
export type Kind = 'fact' | 'promise' | 'settlement';
type Rule = (data: EventData, counts: Counts) => readonly Change[];

const at = (locationId: string, onHand: number, reserved = 0): Change => ({ locationId, onHand, reserved });
const nothing: Rule = () => [];
const fact: Rule = ({ locationId, delta }) => [at(locationId, delta)];
const known: Rule = ({ locationId }) => [at(locationId, 0)];

const held =
  (sign: 1 | -1): Rule =>
  ({ takes, reservationId }, counts) =>
    takes.map(({ locationId, quantity }) => {
      const change = sign * units(quantity);
      counts.change(`hold ${reservationId} at ${locationId}`, change);
      return at(locationId, 0, change);
    });
const ended = held(-1);

const left = (commitId: string, takes: readonly Take[], sign: 1 | -1, counts: Counts): readonly Change[] =>
  takes.map(({ locationId, quantity }) => {
    const change = sign * units(quantity);
    counts.change(`commit ${commitId} at ${locationId}`, change);
    return at(locationId, -change);
  });

const arrived = ({ transferId, quantity }: EventData, locationId: string, counts: Counts): Change => {
  counts.change(`transfer ${transferId}`, -units(quantity));
  return at(locationId, quantity);
};

const holdPlaced: Rule = (data, counts) => {
  const { holdId, holdType, locationId, lotId, lotIds, quantity }: HoldData = data;
  const held = quantity === undefined ? Number.POSITIVE_INFINITY : units(quantity);
  const lots = lotIds ?? (lotId === undefined ? undefined : [lotId]);
  const follows = lotIds === undefined && quantity === undefined && ['recall', 'legal'].includes(holdType);
  counts.lots.placeHold(holdId, { locationId, lots, units: held }, follows);
  return locationId === undefined ? [] : [at(locationId, 0)];
};

const holdReleased: Rule = (data, counts) => {
  const { holdId, quantity }: HoldData = data;
  counts.lots.releaseHold(holdId, quantity === undefined ? Number.POSITIVE_INFINITY : units(quantity));
  return [];
};

const lotRules: Readonly<Record<string, Rule>> = {
  LotControlSet: ({ control }, { lots }) => {
    lots.setControl(control);
    return [];
  },
  LotDeclared: ({ lotId = '', expiresAt, parentLotId }, { lots }) => {
    lots.declare(lotId, expiresAt, parentLotId);
    return [];
  },
  LotExpiryChanged: ({ lotId = '', expiresAt }, { lots }) => {
    lots.redate(lotId, expiresAt);
    return [];
  },
  LotRenamed: ({ lotId = '', toLotId }, { lots }) => {
    lots.rename(lotId, toLotId);
    return [];
  },
  LotExpired: ({ lotId = '', locationIds }, { lots }) => {
    lots.expire(lotId, locationIds);
    return locationIds.map((locationId) => at(locationId, 0));
  },
  PositionsCorrected: ({ locationId, positions = [] }) => {
    must(positions.reduce((sum, { delta }) => sum + delta, 0) === 0, 'the correction does not add up to 0');
    return [at(locationId, 0)];
  },
};

const EFFECTS: Readonly<Record<Kind, Readonly<Record<string, Rule>>>> = {
  fact: {
    ProductDescribed: nothing,
    LevelRefused: nothing,
    AllocationSet: nothing,
    AllocationRemoved: nothing,
    InboundCancelled: nothing,
    LimitsSet: nothing,
    LevelReported: fact,
    StockReceived: fact,
    StockAdjusted: fact,
    SafetyStockSet: known,
    InboundDeclared: known,
    HoldPlaced: holdPlaced,
    TransferLost: ({ transferId, toLocationId, quantity }, counts) => {
      counts.change(`transfer ${transferId}`, -units(quantity));
      return [at(toLocationId, 0)];
    },
    ...lotRules,
    StockIssued: (data, counts) => [
      ...fact(data, counts),
      ...data.reassigned.map(({ locationId, quantity }) => at(locationId, units(quantity))),
    ],
  },
  promise: {
    ReservationPlaced: held(1),
    ReservationPromoted: held(1),
    StockMoved: ({ fromLocationId, toLocationId, quantity }) => [at(fromLocationId, -units(quantity)), at(toLocationId, quantity)],
    TransferShipped: ({ fromLocationId, toLocationId, transferId, quantity }, counts) => {
      counts.change(`transfer ${transferId}`, units(quantity));
      return [at(fromLocationId, -quantity), at(toLocationId, 0)];
    },
  },
  settlement: {
    ReservationReduced: ended,
    ReservationReleased: ended,
    ReservationExpired: ended,
    ReservationExtended: nothing,
    HoldReleased: holdReleased,
    ReservationCommitted: (data, counts) => [
      ...ended(data, counts),
      ...left(data.commitId, data.takes, 1, counts),
      ...left(data.commitId, data.alreadyIssued, -1, counts),
    ],
    ReservationCommitReversed: ({ commitId, restored }, counts) => left(commitId, restored, -1, counts),
    TransferReceived: (data, counts) => [arrived(data, data.toLocationId, counts)],
    TransferReturned: (data, counts) => [arrived(data, data.fromLocationId, counts), at(data.toLocationId, 0)],
  },
};

const KINDS = ['fact', 'promise', 'settlement'] as const;

/** The kind of an event and what it changes. @throws NotTrue for an event that this checker does not know */
export function effectOf(type: string, data: EventData, counts: Counts): { readonly kind: Kind; readonly changes: readonly Change[] } {
  const kind = KINDS.find((each) => Object.hasOwn(EFFECTS[each], type));
  const rule = kind === undefined ? undefined : EFFECTS[kind][type];
  must(rule !== undefined, 'this checker does not know such an event');
  return { kind: kind ?? 'fact', changes: rule?.(data, counts) ?? [] };
}
