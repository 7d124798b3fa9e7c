import { canonical, sha256, type Certificate, type Step, type Verdict } from './certificate.js';
import { effectOf, type Change, type EventData, type Kind } from './effects.js';
import { Counts, must, NotTrue, units } from './units.js';

/** Of stored events. One of another version may mean something else, so it is refused. */
const KNOWN_VERSION = 'v1';

/**
 * Follows every unit of a certificate from its events alone and chains the hashes anew. What the certificate concludes is not believed.
 * The same rules as `tools/check-certificate`.
 */
class Walk {
  private readonly stock = new Map<string, Change>();
  private readonly counts = new Counts();
  private readonly events = new Set<string>();
  private position = -1n;
  private overbooking = 0;
  private uncovered = 0;
  promises = 0;

  constructor(public head: string) {}

  async follow({ hash, ...step }: Step, index: number): Promise<void> {
    must(step.revision === index, `it has revision ${String(step.revision)} where ${String(index)} follows`);
    const expected = await sha256(`${this.head}\n${canonical(step)}`);
    must(expected === hash, 'its hash does not follow from its content and the step before');
    must(!this.events.has(step.eventId) && BigInt(step.position) > this.position, 'its event is repeated or out of order');
    const [type = '', version = KNOWN_VERSION] = step.type.split('.');
    must(version === KNOWN_VERSION, 'this checker does not know this version of the event');
    const data = step.data as unknown as EventData;
    const { kind, changes } = effectOf(type, data, this.counts);
    if (type === 'LimitsSet') this.overbooking = units(data.overbookingUnits);
    for (const change of data.positions ?? []) this.counts.lots.change(change, type === 'ReservationCommitted' ? step.at : undefined);
    const touched = this.book(type, changes, mayTakeHeld(type, kind, data), kind, step.balances);
    const derived = { kind, overbooking: this.overbooking, balances: this.balancesOf(touched) };
    const said = { kind: step.kind, overbooking: step.overbooking, balances: step.balances };
    must(canonical(said) === canonical(derived), `its facts make ${canonical(derived)}`);
    this.head = hash;
    this.position = BigInt(step.position);
    this.promises += kind === 'promise' ? 1 : 0;
    this.events.add(step.eventId);
  }

  balancesOf(locations: Iterable<string>): readonly (Change | undefined)[] {
    return [...locations].sort().map((locationId) => this.stock.get(locationId));
  }

  totals(): readonly (Change | undefined)[] {
    return this.balancesOf(this.stock.keys());
  }

  /** @returns the locations whose balances changed */
  private book(type: string, changes: readonly Change[], mayTake: boolean, kind: Kind, said: Step['balances']): Iterable<string> {
    const before = new Map(changes.map(({ locationId }) => [locationId, this.balanceAt(locationId)]));
    for (const { locationId, onHand, reserved } of changes) {
      const balance = this.balanceAt(locationId);
      must(Number.isSafeInteger(onHand), `${String(onHand)} is no number of units`);
      this.stock.set(locationId, { ...balance, onHand: balance.onHand + onHand, reserved: balance.reserved + reserved });
    }
    // A hold without a location changes every location, and so does what happens to a lot.
    for (const locationId of /^(Hold|Lot)/.test(type) ? [...this.stock.keys()] : before.keys()) {
      const { onHand, reserved, held: was = 0 } = this.balanceAt(locationId);
      const balance = said.find((each) => each.locationId === locationId);
      const held = this.counts.lots.heldUnits(locationId, onHand, balance === undefined ? was : (balance.held ?? 0));
      if (held === was) continue;
      must(held > was || mayTake, `units left ${locationId} that are held`);
      if (!before.has(locationId)) before.set(locationId, this.balanceAt(locationId));
      this.stock.set(locationId, { locationId, onHand, reserved, ...(held === 0 ? {} : { held }) });
    }
    const grown = [...before].map(([locationId, was]) => uncoveredIn(this.balanceAt(locationId)) - uncoveredIn(was));
    this.uncovered += grown.reduce((sum, change) => sum + change, 0);
    const mayGrow = kind === 'fact' || (type === 'ReservationPlaced' && this.uncovered <= this.overbooking);
    must(mayGrow || grown.every((change) => change <= 0), 'OVERSOLD: units were promised that are not there');
    return before.keys();
  }

  private balanceAt(locationId: string): Change {
    return this.stock.get(locationId) ?? { locationId, onHand: 0, reserved: 0 };
  }
}

/** Held units leave by a fact, at a sale where a person says so, and on a move that names their hold or their lots. */
function mayTakeHeld(type: string, kind: Kind, { allowUncovered, positions, holdId }: Partial<EventData>): boolean {
  if (kind === 'fact' || type === 'HoldReleased') return true;
  return type === 'ReservationCommitted' ? allowUncovered === true : positions !== undefined || holdId !== undefined;
}

const uncoveredIn = ({ onHand, reserved, held = 0 }: Change): number => Math.max(0, reserved - (onHand - held));

/** Whether a certificate is true, or where it is not. */
export async function check({ form, tenant, sku, steps, stepCount, promises, totals, head }: Certificate): Promise<Verdict> {
  let where = 'certificate';
  try {
    must(form === 'holdfast.certificate.v1', `${form} is not a form that this checker knows`);
    const walk = new Walk(await sha256(canonical({ form, tenant, sku })));
    for (const [index, step] of steps.entries()) {
      where = `step ${String(index)} (${step.type})`;
      await walk.follow(step, index);
    }
    where = 'conclusion';
    const derived = { stepCount: steps.length, promises: walk.promises, totals: walk.totals(), head: walk.head };
    must(canonical({ stepCount, promises, totals, head }) === canonical(derived), `its steps make ${canonical(derived)}`);
    return { holds: true, steps: steps.length, promises: walk.promises, head };
  } catch (error) {
    if (error instanceof NotTrue) return { holds: false, where, says: error.message };
    throw error;
  }
}
