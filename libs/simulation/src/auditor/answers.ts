import type { AnsweredLine, Exchange, Moment, Reply, Wish } from './exchanges.js';
import { committedUnits, openUnits, talliesOf, waitingUnits, type Hold } from './holds.js';
import type { StockBooks } from './stock-books.js';

type Books = ReadonlyMap<string, StockBooks>;
type Reservation = Extract<Reply, { kind: 'reservation' }>;
type ReserveWish = Extract<Wish, { kind: 'reserve' }>;

/** Says which answers are not true of the log. */
export function auditAnswers(exchanges: readonly Exchange[], books: Books): readonly string[] {
  const first = new Map<string, Reservation>();
  const firstAsked = new Map<string, Moment>();
  const faults: string[] = [];
  for (const exchange of exchanges) {
    const { wish, reply } = exchange;
    if (!firstAsked.has(wish.name)) firstAsked.set(wish.name, exchange.asked);
    const say = (fault: string): number => faults.push(`${wish.kind} ${wish.name}: ${fault}`);
    if (reply.kind === 'failed') say(`failed with an error that nobody declared: ${reply.message}`);
    if (reply.kind === 'done' && wish.kind === 'stock' && wish.event !== '') {
      const times = books.get(wish.sku)?.times(wish.event, wish.eventName) ?? 0;
      if (times !== 1) say(`was answered and stands ${times} times in the log`);
    }
    if (reply.kind === 'reservation') {
      for (const fault of ofReservation(exchange, reply, firstAsked.get(wish.name) ?? exchange.asked, books)) say(fault);
      if (wish.kind === 'reserve') {
        const before = first.get(wish.name);
        if (before !== undefined && !sameHold(before, reply, wish.backorder === true)) say(`a repeat got another answer`);
        first.set(wish.name, before ?? reply);
      }
    }
    if (reply.kind === 'refused') for (const fault of ofRefusal(sinceFirst(exchange, firstAsked), reply, first, books)) say(fault);
  }
  return faults;
}

/** What an order of several SKUs was refused once it is refused for good: a repeat hears it again, whatever is free by then. */
function sinceFirst(exchange: Exchange, firstAsked: ReadonlyMap<string, Moment>): Exchange {
  const { wish, asked } = exchange;
  const several = wish.kind === 'reserve' && new Set(wish.lines.map(({ sku }) => sku)).size > 1;
  return several ? { ...exchange, asked: firstAsked.get(wish.name) ?? asked } : exchange;
}

/** Whether a repeat got the same; where units waited they may have come since, as the log then says. */
const sameHold = (left: Reservation, right: Reservation, grows: boolean): boolean =>
  left.reservationId === right.reservationId &&
  left.lines.length === right.lines.length &&
  left.lines.every(({ sku, quantity }) => {
    const again = right.lines.find((line) => line.sku === sku);
    return again !== undefined && (grows || again.quantity === quantity);
  });

const holdOf = (books: Books, sku: string, reservationId: string): Hold | undefined => books.get(sku)?.holds.all.get(reservationId);

/** @param firstAsked when the same was asked for the first time: a repeat hears what came of that */
function ofReservation({ wish, answered }: Exchange, reply: Reservation, firstAsked: Moment, books: Books): readonly string[] {
  const faults: string[] = wish.kind === 'reserve' ? [...asWished(wish, reply)] : [];
  for (const { sku, quantity, committed, released, waiting } of reply.lines) {
    if (quantity + waiting === 0) continue;
    const hold = holdOf(books, sku, reply.reservationId);
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
    if (wish.kind === 'release' && wish.lines === undefined && openUnits(hold) + waitingUnits(hold) > 0)
      faults.push(`${sku} was said to be released and is held`);
    if (
      wish.kind === 'extend' &&
      reply.status === 'held' &&
      committed + released < quantity &&
      hold.latestEnd < firstAsked.time + (wish.ttlMs ?? 0)
    ) {
      faults.push(`${sku} was said to be held longer and is not`);
    }
  }
  if (wish.kind === 'commit' && wish.lines === undefined) {
    const isUndone = ({ sku, quantity, committed, released }: AnsweredLine): boolean => {
      const hold = holdOf(books, sku, reply.reservationId);
      // What came after the commit is not part of it.
      return hold !== undefined && everWaited(hold) ? committed === 0 : committed + released !== quantity;
    };
    if (reply.lines.some(isUndone)) faults.push('was said to be committed, but not all of it');
  }
  return faults;
}

const everWaited = ({ tallies }: Hold): boolean => tallies.some(({ waiting }) => waiting > 0);

/** Where it has ended since, nothing waits any more. */
const ENDED = new Set(['committed', 'released', 'expired']);

function* asWished({ lines, partial, orderId, backorder }: ReserveWish, reply: Reservation): Generator<string> {
  const wished = new Map<string, number>();
  for (const { sku, quantity } of lines) wished.set(sku, (wished.get(sku) ?? 0) + quantity);
  if (reply.lines.length !== wished.size) yield `${wished.size} SKUs were asked for by ${orderId}, ${reply.lines.length} answered`;
  const mayHaveLeft = backorder === true && ENDED.has(reply.status);
  for (const { sku, quantity, waiting, released } of reply.lines) {
    const asked = wished.get(sku) ?? 0;
    const units = quantity + waiting;
    // What waited may have been given up since.
    if (units > asked || (!partial && units + released < asked && !mayHaveLeft))
      yield `${asked} units of ${sku} were asked for, ${quantity} held`;
    if (waiting > 0 && backorder !== true) yield `${waiting} units of ${sku} wait, which nobody asked for`;
  }
}

function* ofRefusal(
  { wish, asked, answered }: Exchange,
  reply: Extract<Reply, { kind: 'refused' }>,
  first: ReadonlyMap<string, Reservation>,
  books: Books,
): Generator<string> {
  if (wish.kind === 'reserve' && reply.code === 'insufficient_stock') {
    if (first.has(wish.name)) yield 'was answered before and refused now';
    for (const { sku, requested, code } of reply.details) {
      // A line of several may be refused by a limit, whatever is free.
      if (code !== undefined && code !== 'insufficient_stock') continue;
      const name = String(sku);
      const { locationId, channelId } = wish;
      const chance = { from: asked.head, to: answered.head, at: asked.time, until: answered.time, locationId, channelId };
      const stock = books.get(name);
      const free = (wish.backorder === true ? stock?.fewestToBeHad(chance) : stock?.fewestFree(chance)) ?? 0;
      // Where any unit will do, only an empty shelf refuses.
      if (free >= (wish.partial ? 1 : Number(requested)))
        yield `${String(requested)} units of ${name} were refused while ${free} were free`;
    }
    // What was asked for before under another name may have sold.
    for (const [sku, { holds }] of wish.again === true ? [] : books) {
      for (const hold of holds.all.values()) {
        if (hold.orderId === wish.orderId && committedUnits(hold) > 0) yield `was refused and sold ${sku}`;
      }
    }
  }
  if (wish.kind === 'reserve' || wish.kind === 'stock' || wish.reservationId.startsWith('ro_')) return;
  const hold = [...books.values()].map(({ holds }) => holds.all.get(wish.reservationId)).find((found) => found !== undefined);
  if (hold === undefined) return;
  if (reply.code === 'reservation_expired' && hold.ending !== 'expired' && hold.expiresAt > answered.time)
    yield 'was told it had expired, which it had not';
  if (reply.code === 'units_waiting' && !everWaited(hold)) yield 'was told that its units wait, which they did not';
  if (reply.code === 'reservation_released' && hold.ending !== 'released') yield 'was told it was released, which it was not';
  if (reply.code === 'reservation_committed' && committedUnits(hold) === 0) yield 'was told it was committed, which it was not';
}
