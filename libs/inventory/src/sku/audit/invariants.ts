import { isKeptByChannel } from '../../locations/kept-by-channel.js';
import type { BalanceChange } from '../balance-change.js';
import { balanceChanges, evolveSku } from '../event-table.js';
import type { SkuEvent } from '../events.js';
import { initialSkuState, type SkuState } from '../state.js';
import { BackordersAudit } from './backorders-audit.js';
import { HoldsAudit } from './holds-audit.js';
import { LimitsAudit } from './limits-audit.js';
import { ReservationLives } from './reservation-lives.js';
import type { Violation } from './violation.js';

interface Counted {
  onHand: number;
  reserved: number;
  inTransit: number;
  held: number;
}

const NONE: ReadonlyMap<string, Counted> = new Map();
const NOTHING: Counted = { onHand: 0, reserved: 0, inTransit: 0, held: 0 };
/** Units that may leave and are not promised; below 0 where more is promised. */
const unpromised = ({ onHand, reserved, held }: Counted): number => onHand - held - reserved;
const uncovered = (counted: Counted): number => Math.max(0, -unpromised(counted));
const takesUnits = (event: SkuEvent): boolean =>
  (event.type === 'ReservationPlaced' || event.type === 'ReservationPromoted') && event.takes.length > 0;
const isOfReservation = (event: SkuEvent): boolean => event.type.startsWith('Reservation');

/**
 * Folds one SKU's stream twice, by `evolveSku` and by `balanceChanges` with its own counters, and returns after each event the rules that
 * it broke. `observe` checks what the event changed; `audit` checks the whole state.
 */
export class SkuAuditor {
  readonly state: SkuState;
  readonly #counted = new Map<string, Counted>();
  readonly #lives = new ReservationLives();
  readonly #limits = new LimitsAudit();
  readonly #backorders = new BackordersAudit();
  readonly #holds = new HoldsAudit();

  constructor() {
    this.state = initialSkuState();
  }

  /** Applies the event that happened at `at` (epoch milliseconds). */
  observe(event: SkuEvent, at: number): readonly Violation[] {
    const changes = balanceChanges(event);
    const before = new Map(changes.map(({ place }) => [place.locationId, { ...(this.#counted.get(place.locationId) ?? NOTHING) }]));
    for (const { place, onHand, reserved, inTransit, held = 0 } of changes) {
      const counted = this.#counted.get(place.locationId) ?? { ...NOTHING };
      counted.onHand += onHand;
      counted.reserved += reserved;
      counted.inTransit += inTransit;
      counted.held += held;
      this.#counted.set(place.locationId, counted);
    }
    evolveSku(this.state, event, at);
    const violations = [...this.#lives.observe(event), ...this.#holds.observe(event, at), ...totalWithReason(event, changes)];
    violations.push(...this.#backorders.observe(event, () => this.#spareUnits(before)));
    violations.push(...this.#limits.observe(event, () => this.#promisableAfter(event)));
    for (const [locationId, was] of before) {
      violations.push(...this.#atLocation(locationId));
      const more = isOfReservation(event) && uncovered(this.#counted.get(locationId) ?? NOTHING) > uncovered(was);
      if (more && this.#uncoveredUnits() > this.#limits.overbookingUnits) {
        violations.push({
          rule: 'promise_uncovered_by_reservation',
          message: `${event.type} promised units at ${locationId} that are not there`,
        });
      }
    }
    const isNamed = violations.some(({ rule }) => rule === 'promise_uncovered_by_reservation');
    if (!isNamed && takesUnits(event) && this.#unpromised() < -this.#limits.overbookingUnits) {
      violations.push({ rule: 'promise_uncovered_by_reservation', message: `${event.type} promised units that another location owes` });
    }
    return violations;
  }

  /** Checks every location, including sums that are too costly after each event. */
  audit(): readonly Violation[] {
    const inTransit = new Map<string, number>();
    for (const { toLocationId, quantity } of this.state.inTransit.values()) {
      inTransit.set(toLocationId, (inTransit.get(toLocationId) ?? 0) + quantity);
    }
    const open = new Map<string, number>();
    for (const { locationId, quantity } of [...this.state.reservations.values()].flatMap(({ takes }) => takes)) {
      open.set(locationId, (open.get(locationId) ?? 0) + quantity);
    }
    const strays = this.#limits.audit(this.state);
    const locations = new Set([...this.#counted.keys(), ...this.state.balances.keys()]);
    const found = [...locations].flatMap((locationId) => {
      const counted = this.#counted.get(locationId) ?? NOTHING;
      return [
        ...this.#atLocation(locationId),
        ...differs('conservation', `in transit to ${locationId}`, counted.inTransit, inTransit.get(locationId) ?? 0),
        ...differs('reserved_is_open_takes', `reserved at ${locationId}`, counted.reserved, open.get(locationId) ?? 0),
        ...differs(
          'positions_add_up',
          `positions of ${locationId}`,
          this.#holds.assignedAt(locationId),
          assignedIn(this.state, locationId),
        ),
        ...differs('journal_explains_on_hand', `on hand at ${locationId}`, counted.onHand, explained(this.state, locationId)),
      ];
    });
    return [...found, ...strays, ...this.#holds.straysOf(this.state.inTransit), ...this.#backorders.audit(this.state)];
  }

  /** On hand less what is held and reserved, over all locations. */
  #unpromised(): number {
    let units = 0;
    for (const [locationId, counted] of this.#counted) if (!isKeptByChannel(locationId)) units += unpromised(counted);
    return units;
  }

  /**
   * Free units less the units that are owed beyond the budget for overbooking. @param before counts before the event, where it changed them
   */
  #spareUnits(before: ReadonlyMap<string, Counted>): number {
    let [units, uncoveredUnits] = [0, 0];
    for (const [locationId, now] of this.#counted) {
      const was = before.get(locationId) ?? now;
      if (!isKeptByChannel(locationId)) units += Math.max(0, unpromised(was));
      uncoveredUnits += uncovered(was);
    }
    return units - Math.max(0, uncoveredUnits - this.#limits.overbookingUnits);
  }

  #uncoveredUnits(): number {
    let units = 0;
    for (const counted of this.#counted.values()) units += uncovered(counted);
    return units;
  }

  /**
   * Units that could be promised after the event: from stock and the budget for overbooking, and from supply to come if some of its units
   * wait.
   */
  #promisableAfter(event: SkuEvent): number {
    // While a reservation waits, the budget for overbooking may not be used.
    const budget = this.#backorders.hasWaiting ? 0 : Math.max(0, this.#limits.overbookingUnits - this.#uncoveredUnits());
    const toCome = event.type === 'ReservationPlaced' && event.waiting !== undefined ? this.#backorders.unitsToCome : 0;
    return Math.max(0, this.#spareUnits(NONE)) + budget + toCome;
  }

  #atLocation(locationId: string): readonly Violation[] {
    const counted = this.#counted.get(locationId) ?? NOTHING;
    const balance = this.state.balances.get(locationId) ?? NOTHING;
    const held = this.#holds.unitsAt(locationId, counted.onHand, counted.held);
    return [
      ...differs('conservation', `on hand at ${locationId}`, counted.onHand, balance.onHand),
      ...differs('conservation', `reserved at ${locationId}`, counted.reserved, balance.reserved),
      ...differs('held_is_holds', `held at ${locationId}`, held, counted.held),
      ...differs('held_is_holds', `held at ${locationId} in the state`, counted.held, balance.held),
      ...differs('reserved_is_open_takes', `reserved at ${locationId}`, counted.reserved, this.#lives.openUnits(locationId)),
      ...notNegative('reserved_not_negative', `reserved at ${locationId}`, counted.reserved),
      ...notNegative('in_transit_not_negative', `in transit to ${locationId}`, counted.inTransit),
    ];
  }
}

/** Events that say why the company has more or fewer units than before. Every other one moves units, or promises them. */
const CHANGES_TOTAL: ReadonlySet<SkuEvent['type']> = new Set<SkuEvent['type']>([
  'StockReceived',
  'StockIssued',
  'StockAdjusted',
  'LevelReported',
  'ReservationCommitted',
  'ReservationCommitReversed',
  'TransferLost',
]);

/** On hand and in transit together change only by an event with a reason. */
function totalWithReason({ type }: SkuEvent, changes: readonly BalanceChange[]): readonly Violation[] {
  if (CHANGES_TOTAL.has(type)) return [];
  const units = changes.reduce((sum, { onHand, inTransit }) => sum + onHand + inTransit, 0);
  return units === 0 ? [] : [{ rule: 'total_without_reason', message: `${type} changed the units of the company by ${String(units)}` }];
}

const differs = (rule: Violation['rule'], what: string, counted: number, found: number): readonly Violation[] =>
  counted === found ? [] : [{ rule, message: `${what} is ${String(found)} where the events add up to ${String(counted)}` }];

const notNegative = (rule: Violation['rule'], what: string, units: number): readonly Violation[] =>
  units >= 0 ? [] : [{ rule, message: `${what} is ${String(units)}` }];

const assignedIn = ({ detail }: SkuState, locationId: string): number => detail?.lots?.locations.get(locationId)?.assigned ?? 0;

function explained(state: SkuState, locationId: string): number {
  const journal = state.journals.get(locationId);
  if (journal === undefined) return 0;
  const movements = [...journal.dated, ...[...journal.own.values()].flat()];
  return movements.reduce((units, { delta }) => units + delta, journal.figure + journal.carried);
}

/** Folds a whole stream and returns every violation, with the revision of its event. */
export function checkInvariants(
  stream: Iterable<{ readonly event: SkuEvent; readonly at: number }>,
): readonly (Violation & { readonly index: number })[] {
  const auditor = new SkuAuditor();
  const found: (Violation & { readonly index: number })[] = [];
  let index = -1;
  for (const { event, at } of stream) {
    index += 1;
    for (const violation of auditor.observe(event, at)) found.push({ ...violation, index });
  }
  for (const violation of auditor.audit()) found.push({ ...violation, index });
  return found;
}
