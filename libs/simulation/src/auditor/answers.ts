import type { AnsweredLine, Exchange, Moment, Reply, CallerRequest } from './exchanges.js';
import { committedUnits, openUnits, talliesOf, waitingUnits, type Hold } from './holds.js';
import type { StockAudit } from './stock-audit.js';

type StockAudits = ReadonlyMap<string, StockAudit>;
type Reservation = Extract<Reply, { kind: 'reservation' }>;
type ReserveRequest = Extract<CallerRequest, { kind: 'reserve' }>;

/** Returns a fault for each answer that the log contradicts. */
export function auditAnswers(exchanges: readonly Exchange[], stock: StockAudits): readonly string[] {
  const first = new Map<string, Reservation>();
  const firstAsked = new Map<string, Moment>();
  const faults: string[] = [];
  for (const exchange of exchanges) {
    const { request, reply } = exchange;
    if (!firstAsked.has(request.name)) firstAsked.set(request.name, exchange.asked);
    const say = (fault: string): number => faults.push(`${request.kind} ${request.name}: ${fault}`);
    if (reply.kind === 'failed') say(`failed with an error that nobody declared: ${reply.message}`);
    if (request.kind === 'stock') {
      const times = request.eventNames.map((name) => stock.get(request.sku)?.times(request.event, name) ?? 0);
      if (reply.kind === 'done' && times.some((each) => each !== 1)) say(`was answered and stands ${times.join(', ')} times in the log`);
      if (new Set(times).size > 1) say(`stands in the log in part: ${times.join(', ')} times`);
    }
    if (reply.kind === 'reservation') {
      for (const fault of ofReservation(exchange, reply, firstAsked.get(request.name) ?? exchange.asked, stock)) say(fault);
      if (request.kind === 'reserve') {
        const before = first.get(request.name);
        if (before !== undefined && !sameHold(before, reply, request.backorder === true)) say(`a repeat got another answer`);
        first.set(request.name, before ?? reply);
      }
    }
    if (reply.kind === 'refused') for (const fault of ofRefusal(sinceFirst(exchange, firstAsked), reply, first, stock)) say(fault);
  }
  return faults;
}

/** The refusal of an order of several SKUs is final: a repeat gets the same refusal, whatever is free by then. */
function sinceFirst(exchange: Exchange, firstAsked: ReadonlyMap<string, Moment>): Exchange {
  const { request, asked } = exchange;
  const several = request.kind === 'reserve' && new Set(request.lines.map(({ sku }) => sku)).size > 1;
  return several ? { ...exchange, asked: firstAsked.get(request.name) ?? asked } : exchange;
}

/** Whether a repeat got the same answer. With back-orders the quantities may have grown, which the log then shows. */
const sameHold = (left: Reservation, right: Reservation, grows: boolean): boolean =>
  left.reservationId === right.reservationId &&
  left.lines.length === right.lines.length &&
  left.lines.every(({ sku, quantity }) => {
    const again = right.lines.find((line) => line.sku === sku);
    return again !== undefined && (grows || again.quantity === quantity);
  });

const holdOf = (stock: StockAudits, sku: string, reservationId: string): Hold | undefined => stock.get(sku)?.holds.all.get(reservationId);

/** @param firstAsked when the request was first sent: a repeat gets the result of that */
function ofReservation({ request, answered }: Exchange, reply: Reservation, firstAsked: Moment, stock: StockAudits): readonly string[] {
  const faults: string[] = request.kind === 'reserve' ? [...asRequested(request, reply)] : [];
  for (const { sku, quantity, committed, released, waiting } of reply.lines) {
    if (quantity + waiting === 0) continue;
    const hold = holdOf(stock, sku, reply.reservationId);
    if (hold === undefined) {
      faults.push(`${sku} was said to be held and is not in the log`);
      continue;
    }
    const tallies = talliesOf(hold, reply.position, answered.head);
    if (!tallies.some((tally) => tally.taken === quantity && tally.waiting === waiting)) {
      const logged = tallies.map((tally) => `${tally.taken} and ${tally.waiting}`).join(', ');
      faults.push(`${quantity} units of ${sku} were said to be held and ${waiting} to be waited for, the log has ${logged}`);
    }
    if (committedUnits(hold) < committed)
      faults.push(`${committed} units of ${sku} were said to be sold, the log has ${committedUnits(hold)}`);
    if (request.kind === 'release' && request.lines === undefined && openUnits(hold) + waitingUnits(hold) > 0)
      faults.push(`${sku} was said to be released and is held`);
    if (
      request.kind === 'extend' &&
      reply.status === 'held' &&
      committed + released < quantity &&
      hold.latestEnd < firstAsked.time + (request.ttlMs ?? 0)
    ) {
      faults.push(`${sku} was said to be held longer and is not`);
    }
  }
  if (request.kind === 'commit' && request.lines === undefined) {
    const isUndone = ({ sku, quantity, committed, released }: AnsweredLine): boolean => {
      const hold = holdOf(stock, sku, reply.reservationId);
      // Units that arrived after the commit are not part of it.
      return hold !== undefined && everWaited(hold) ? committed === 0 : committed + released !== quantity;
    };
    if (reply.lines.some(isUndone)) faults.push('was said to be committed, but not all of it');
  }
  return faults;
}

const everWaited = ({ tallies }: Hold): boolean => tallies.some(({ waiting }) => waiting > 0);

/** After these ends no units wait. */
const ENDED = new Set(['committed', 'released', 'expired']);

function* asRequested({ lines, partial, orderId, backorder }: ReserveRequest, reply: Reservation): Generator<string> {
  const requestedUnits = new Map<string, number>();
  for (const { sku, quantity } of lines) requestedUnits.set(sku, (requestedUnits.get(sku) ?? 0) + quantity);
  if (reply.lines.length !== requestedUnits.size)
    yield `${requestedUnits.size} SKUs were asked for by ${orderId}, ${reply.lines.length} answered`;
  const mayHaveLeft = backorder === true && ENDED.has(reply.status);
  for (const { sku, quantity, waiting, released } of reply.lines) {
    const asked = requestedUnits.get(sku) ?? 0;
    const units = quantity + waiting;
    // Waiting units may have been released or expired since.
    if (units > asked || (!partial && units + released < asked && !mayHaveLeft))
      yield `${asked} units of ${sku} were asked for, ${quantity} held`;
    if (waiting > 0 && backorder !== true) yield `${waiting} units of ${sku} wait, which nobody asked for`;
  }
}

function* ofRefusal(
  { request, asked, answered }: Exchange,
  reply: Extract<Reply, { kind: 'refused' }>,
  first: ReadonlyMap<string, Reservation>,
  stock: StockAudits,
): Generator<string> {
  if (request.kind === 'reserve' && reply.code === 'insufficient_stock') {
    if (first.has(request.name)) yield 'was answered before and refused now';
    for (const { sku, requested, code } of reply.details) {
      // One line of several may be refused by a limit, whatever is free.
      if (code !== undefined && code !== 'insufficient_stock') continue;
      const name = String(sku);
      const { locationId, channelId } = request;
      const chance = { from: asked.head, to: answered.head, at: asked.time, until: answered.time, locationId, channelId };
      const audit = stock.get(name);
      const free = (request.backorder === true ? audit?.fewestToBeHad(chance) : audit?.fewestFree(chance)) ?? 0;
      // A partial reservation is refused only when no unit is free.
      if (free >= (request.partial ? 1 : Number(requested)))
        yield `${String(requested)} units of ${name} were refused while ${free} were free`;
    }
    // The same order may have sold under another reservation.
    for (const [sku, { holds }] of request.again === true ? [] : stock) {
      for (const hold of holds.all.values()) {
        if (hold.orderId === request.orderId && committedUnits(hold) > 0) yield `was refused and sold ${sku}`;
      }
    }
  }
  if (request.kind === 'reserve' || request.kind === 'stock' || request.reservationId.startsWith('ro_')) return;
  const hold = [...stock.values()].map(({ holds }) => holds.all.get(request.reservationId)).find((found) => found !== undefined);
  if (hold === undefined) return;
  if (reply.code === 'reservation_expired' && hold.ending !== 'expired' && hold.expiresAt > answered.time)
    yield 'was told it had expired, which it had not';
  if (reply.code === 'units_waiting' && !everWaited(hold)) yield 'was told that its units wait, which they did not';
  if (reply.code === 'reservation_released' && hold.ending !== 'released') yield 'was told it was released, which it was not';
  if (reply.code === 'reservation_committed' && committedUnits(hold) === 0) yield 'was told it was committed, which it was not';
}
