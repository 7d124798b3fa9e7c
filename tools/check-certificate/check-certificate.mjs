// Checks a no-oversell certificate (docs/decisions/0081-no-oversell-certificate.md) without any code of Holdfast: chains the hashes anew,
// follows every unit from the events alone, and exits 1 naming the first step that is false. What the certificate concludes is not believed.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';

const must = (holds, message) => {
  if (!holds) throw new Error(message);
};
const sha256 = (text) => createHash('sha256').update(text, 'utf8').digest('hex');
const canonical = (value) => {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  const members = Object.keys(value).sort();
  return `{${members.map((name) => `${JSON.stringify(name)}:${canonical(value[name])}`).join(',')}}`;
};
const counts = new Map(); // what is held, committed, under way: never less than none
const count = (key, change) => {
  const now = (counts.get(key) ?? 0) + change;
  must(now >= 0, `${key}: ${-change} units end where there are ${counts.get(key) ?? 0}`);
  counts.set(key, now);
};
const units = (value) => (must(Number.isSafeInteger(value) && value >= 0, `${value} is no number of units`), value);
const at = (locationId, onHand, reserved = 0, held = 0) => ({ locationId, onHand, reserved, ...(held === 0 ? {} : { held }) });
const each = (takes, change) => takes.map(({ locationId, quantity }) => change(locationId, units(quantity)));
const hold = (id, place, change) => (count(`hold ${id} at ${place}`, change), at(place, 0, change));
const gone = (id, place, change) => (count(`commit ${id} at ${place}`, change), at(place, -change));
const nothing = () => [];
const fact = (event) => [at(event.locationId, event.delta)];
const known = (event) => [at(event.locationId, 0)];
const holds = (event, sign = 1) => each(event.takes, (place, quantity) => hold(event.reservationId, place, sign * quantity));
const end = (event) => holds(event, -1);
const depart = (event) => at(event.fromLocationId, -units(event.quantity));
const arrive = (event, location) => (count(`transfer ${event.transferId}`, -units(event.quantity)), at(location, event.quantity));
const left = ({ commitId }, takes, sign) => each(takes, (place, quantity) => gone(commitId, place, sign * quantity));
const blocks = new Map(); // holds: location (none: everywhere), lots (none: all units) and quantity (infinite: all that lies there)
const lots = new Map(); // lot -> when it expires by location, where it is expired, what it was split from
const positions = new Map(); // location, lot and bin -> units
const closed = new Set(); // bins whose units may not leave
let lotsRequired = false;
const lotless = new Set(); // locations at which units in bins had no lot when lots became required, as was allowed once: they were not held
const splitFrom = (lotId) => [...lots].filter(([, lot]) => lot.parent === lotId).flatMap(([id]) => [id, ...splitFrom(id)]);
const block = ({ holdId, locationId, lotId, lotIds, holdType, quantity }) => {
  must(!blocks.has(holdId), `${holdId} is placed twice`);
  const split = ['recall', 'legal'].includes(holdType) && quantity === undefined ? splitFrom(lotId) : [];
  // Events that name all lots they cover need no search for those split off.
  const of = lotIds ?? (lotId === undefined ? undefined : [lotId, ...split]);
  blocks.set(holdId, { locationId, lots: of && [...of], quantity: quantity === undefined ? Infinity : units(quantity) });
  return locationId === undefined ? [] : [at(locationId, 0)];
};
const unblock = ({ holdId, quantity = Infinity }) => {
  const hold = blocks.get(holdId) ?? { quantity: 0 };
  must(quantity <= hold.quantity, `hold ${holdId}: ${quantity} units end where there are ${hold.quantity}`);
  if (quantity === hold.quantity) blocks.delete(holdId);
  else hold.quantity -= quantity;
  return [];
};
const isAt = (hold, locationId) => hold.locationId === undefined || hold.locationId === locationId;
const isBlocked = (locationId, lotId) =>
  lots.get(lotId)?.expired.has(locationId) === true ||
  [...blocks.values()].some((hold) => hold.quantity === Infinity && isAt(hold, locationId) && (hold.lots?.includes(lotId) ?? true));
const namedAt = (locationId, lotId) => {
  let named = 0;
  for (const hold of blocks.values()) {
    if (isAt(hold, locationId) && (lotId === undefined ? hold.lots === undefined : hold.quantity < Infinity && hold.lots?.includes(lotId)))
      named += hold.quantity;
  }
  return named;
};
const keptAt = (locationId, onHand, areLotlessFree) => {
  const named = namedAt(locationId);
  const most = Math.max(0, onHand);
  if (named === Infinity) return most;
  const open = new Map();
  let [kept, assigned] = [0, 0];
  for (const { locationId: place, lotId, binId, quantity } of positions.values()) {
    if (place !== locationId) continue;
    assigned += quantity;
    const lacksLot = lotsRequired && lotId === '' && !areLotlessFree;
    if (lacksLot || closed.has(`${place} ${binId}`) || (lotId !== '' && isBlocked(place, lotId))) kept += quantity;
    else open.set(lotId, (open.get(lotId) ?? 0) + quantity);
  }
  if (lotsRequired) kept += Math.max(0, onHand - assigned);
  let ofLots = 0;
  for (const [lotId, there] of open) if (lotId !== '') ofLots += Math.min(there, namedAt(locationId, lotId));
  return kept + Math.min(Math.max(0, most - kept), named + ofLots);
};
// What is said decides where units in bins lack a lot, until an event contains them.
const heldAt = (locationId, onHand, said) => {
  const held = keptAt(locationId, onHand, false);
  if (!lotless.has(locationId)) return held;
  const without = keptAt(locationId, onHand, true);
  if (said === held && said !== without) lotless.delete(locationId);
  return said === without ? without : held;
};
const reposition = (type, time, { locationId, lotId = '', binId = '', delta, sellable }) => {
  if (lotId === '' && binId === '') return;
  if (sellable === true) closed.delete(`${locationId} ${binId}`);
  if (sellable === false) closed.add(`${locationId} ${binId}`);
  const lot = lots.get(lotId);
  must(lotId === '' || lot !== undefined, `the lot ${lotId} is not declared`);
  const isSold = type === 'ReservationCommitted' && delta < 0 && lotId !== '';
  must(
    !isSold || !(isBlocked(locationId, lotId) || lot.instants.get(locationId) <= time),
    `${lotId} was sold and may not leave ${locationId}`,
  );
  const key = JSON.stringify([locationId, lotId, binId]);
  const quantity = units((positions.get(key)?.quantity ?? 0) + delta);
  positions.set(key, { locationId, lotId, binId, quantity });
};
const instantsOf = (list) => list.map(({ locationId, expiresAt }) => [locationId, expiresAt]);
const renamed = (list, from, to) => list?.map((each) => (each === from ? to : each));
const LOTS = {
  LotControlSet: ({ control }) => {
    lotsRequired = control === 'required';
    lotless.clear();
    for (const { locationId, lotId } of lotsRequired ? positions.values() : []) if (lotId === '') lotless.add(locationId);
    return [];
  },
  LotDeclared: ({ lotId, expiresAt, parentLotId }) => {
    for (const hold of blocks.values()) if (hold.quantity === Infinity && hold.lots?.includes(parentLotId)) hold.lots.push(lotId);
    const known = lots.get(lotId) ?? { instants: new Map(), expired: new Set(), parent: parentLotId };
    lots.set(lotId, { ...known, instants: new Map([...known.instants, ...instantsOf(expiresAt)]) });
    return [];
  },
  LotExpiryChanged: ({ lotId, expiresAt }) => {
    lots.set(lotId, { ...lots.get(lotId), instants: new Map(instantsOf(expiresAt)), expired: new Set() });
    return [];
  },
  LotRenamed: ({ lotId, toLotId }) => {
    lots.set(toLotId, lots.get(lotId));
    lots.delete(lotId);
    for (const hold of blocks.values()) hold.lots = renamed(hold.lots, lotId, toLotId);
    for (const [key, place] of [...positions]) {
      if (place.lotId !== lotId) continue;
      positions.delete(key);
      positions.set(JSON.stringify([place.locationId, toLotId, place.binId]), { ...place, lotId: toLotId });
    }
    return [];
  },
  LotExpired: ({ lotId, locationIds }) => {
    for (const locationId of locationIds) lots.get(lotId)?.expired.add(locationId);
    return locationIds.map((locationId) => at(locationId, 0));
  },
  PositionsCorrected: ({ locationId, positions: changes }) => {
    must(changes.reduce((sum, { delta }) => sum + delta, 0) === 0, 'the correction does not add up to 0');
    return [at(locationId, 0)];
  },
};
let overbooking = 0;
let present = 'certificate';
const FACTS = {
  ...{ ProductDescribed: nothing, LevelRefused: nothing, AllocationSet: nothing, AllocationRemoved: nothing, InboundCancelled: nothing },
  ...{ LevelReported: fact, StockReceived: fact, StockAdjusted: fact, SafetyStockSet: known, InboundDeclared: known },
  StockIssued: (event) => [...fact(event), ...each(event.reassigned, at)],
  HoldPlaced: block,
  TransferLost: (event) => (count(`transfer ${event.transferId}`, -event.quantity), [at(event.toLocationId, 0)]),
  ...LOTS,
  LimitsSet: (event) => ((overbooking = units(event.overbookingUnits)), []),
};
const PROMISES = {
  ...{ ReservationPlaced: holds, ReservationPromoted: holds },
  StockMoved: (event) => [depart(event), at(event.toLocationId, event.quantity)],
  TransferShipped: (event) => (count(`transfer ${event.transferId}`, event.quantity), [depart(event), at(event.toLocationId, 0)]),
};
const SETTLEMENTS = {
  ...{ ReservationReduced: end, ReservationReleased: end, ReservationExpired: end, ReservationExtended: nothing },
  HoldReleased: unblock,
  ReservationCommitted: (event) => [...end(event), ...left(event, event.takes, 1), ...left(event, event.alreadyIssued, -1)],
  ReservationCommitReversed: (event) => left(event, event.restored, -1),
  TransferReceived: (event) => [arrive(event, event.toLocationId)],
  TransferReturned: (event) => [arrive(event, event.fromLocationId), at(event.toLocationId, 0)],
};
const EFFECTS = { fact: FACTS, promise: PROMISES, settlement: SETTLEMENTS };
const stock = new Map(); // location -> units on hand and reserved
const balancesOf = (locations) => [...locations].sort().map((locationId) => stock.get(locationId));
const balanceAt = (locationId) => stock.get(locationId) ?? at(locationId, 0);
const uncoveredIn = ({ onHand, reserved, held = 0 }) => Math.max(0, reserved - onHand + held);
const seen = { events: new Set(), hashes: new Set(), position: -1n, promises: 0, head: '', uncovered: 0 };
const check = ({ hash, ...step }, index) => {
  present = `step ${index} (${step.type})`;
  must(step.revision === index, `it has revision ${step.revision} where ${index} follows`);
  must(sha256(`${seen.head}\n${canonical(step)}`) === hash, 'its hash does not follow from its content and the step before');
  must(!seen.events.has(step.eventId) && BigInt(step.position) > seen.position, 'its event is repeated or out of order');
  const type = step.type.replace(/\.v1$/, '');
  const kind = Object.keys(EFFECTS).find((each) => Object.hasOwn(EFFECTS[each], type));
  must(kind !== undefined, 'this checker does not know such an event');
  const changes = EFFECTS[kind][type](step.data);
  const before = new Map(changes.map(({ locationId }) => [locationId, balanceAt(locationId)]));
  for (const { locationId, onHand, reserved } of changes) {
    const balance = balanceAt(locationId);
    must(Number.isSafeInteger(onHand), `${onHand} is no number of units`);
    stock.set(locationId, at(locationId, balance.onHand + onHand, balance.reserved + reserved, balance.held));
  }
  for (const change of step.data.positions ?? []) reposition(type, step.at, change);
  // A hold without a location changes every location, and so does what happens to a lot.
  for (const locationId of /^(Hold|Lot)/.test(type) ? [...stock.keys()] : before.keys()) {
    const { onHand, reserved, held: was = 0 } = stock.get(locationId);
    const said = step.balances.find((balance) => balance.locationId === locationId);
    const held = heldAt(locationId, onHand, said === undefined ? was : (said.held ?? 0));
    if (held === was) continue;
    const mayLeave =
      type === 'ReservationCommitted' ? step.data.allowUncovered === true : (step.data.positions ?? step.data.holdId) !== undefined;
    must(held > was || kind === 'fact' || type === 'HoldReleased' || mayLeave, `units left ${locationId} that are held`);
    if (!before.has(locationId)) before.set(locationId, balanceAt(locationId));
    stock.set(locationId, at(locationId, onHand, reserved, held));
  }
  const grown = [...before].map(([locationId, was]) => uncoveredIn(balanceAt(locationId)) - uncoveredIn(was));
  seen.uncovered += grown.reduce((sum, units) => sum + units, 0);
  const mayGrow = kind === 'fact' || (type === 'ReservationPlaced' && seen.uncovered <= overbooking);
  const derived = { kind, overbooking, balances: balancesOf(before.keys()) };
  must(mayGrow || grown.every((units) => units <= 0), `OVERSOLD, units were promised that are not there: ${canonical(derived)}`);
  for (const name of Object.keys(derived)) must(canonical(step[name]) === canonical(derived[name]), `its facts make ${canonical(derived)}`);
  Object.assign(seen, { head: hash, position: BigInt(step.position), promises: seen.promises + (kind === 'promise' ? 1 : 0) });
  seen.events.add(step.eventId) && seen.hashes.add(hash);
};
const [file, knownHead] = process.argv.slice(2);
try {
  const { form, tenant, sku, steps, stepCount, promises, totals, head } = JSON.parse(readFileSync(file === '-' ? 0 : file, 'utf8'));
  must(form === 'holdfast.certificate.v1', `${form} is not a form that this checker knows`);
  seen.head = sha256(canonical({ form, tenant, sku }));
  for (const [index, step] of steps.entries()) check(step, index);
  present = 'conclusion';
  const derived = { stepCount: steps.length, promises: seen.promises, totals: balancesOf(stock.keys()), head: seen.head };
  must(canonical({ stepCount, promises, totals, head }) === canonical(derived), `its steps make ${canonical(derived)}`);
  must(knownHead === undefined || seen.hashes.has(knownHead), `the head ${knownHead} is not among its hashes: history was rewritten`);
  console.log(`TRUE: ${tenant} ${sku}: ${stepCount} steps, ${promises} promises, none oversold; head ${head}`);
} catch (error) {
  console.error(`FALSE ${present}: ${error.message}`);
  process.exitCode = 1;
}
