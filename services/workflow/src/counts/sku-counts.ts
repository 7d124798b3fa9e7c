import { STREAMS } from '@holdfast/contracts';
import type { EventStore } from '@holdfast/event-store';
import { uuidOf, type Lease } from '@holdfast/kit';
import { stockStream, type SkuLedger, type SkuRef } from '@holdfast/ledger';
import {
  bookingOf,
  countedBook,
  coveringOf,
  knownFigures,
  lastEntry,
  netBook,
  placeOfLine,
  wholeLines,
  wholeStock,
  type BookedLine,
  type CountedBook,
  type CountedPlace,
  type CountLineState,
  type CountState,
  type HeldLine,
  type Netting,
  type PastEvent,
} from '@holdfast/warehouse';
import type { CountRef } from './count-streams.js';

/** SKUs of a batch that are worked on at the same time. */
const AT_ONCE = 16;
const FEW_EVENTS = 32;
const MANY_EVENTS = 1_000;
/** Facts of the time of a count that may come while its difference is applied, before the process gives up and the watchdog goes on. */
const ATTEMPTS = 20;

type Recorded = Awaited<ReturnType<EventStore['readStream']>>[number];

/** Reads and changes the SKUs of a batch. Each step may be repeated: what was booked already is found and not booked again. */
export class SkuCounts {
  constructor(
    private readonly ledger: SkuLedger,
    private readonly eventStore: EventStore,
    private readonly now: () => number,
  ) {}

  /** What was recorded of the SKU as of the time of a count. */
  async recordedAt(ref: SkuRef, place: CountedPlace, countedAt: number, pickWindowMs: number): Promise<CountedBook> {
    const figures = knownFigures(await this.ledger.read(ref), place, countedAt, pickWindowMs);
    return countedBook(figures, await this.decidedAfter(ref, figures.revision, countedAt), place, countedAt);
  }

  /** The recorded stock as of the time of each entry, with all that is known by now. */
  async nettings({ tenant }: CountRef, { locationId }: CountState, lines: readonly CountLineState[]): Promise<readonly Netting[]> {
    return inSlices(lines, async (line) => {
      const { lineId, sku, entries } = line;
      if (entries.length === 0) return [];
      const tail = await this.tail({ tenant, sku }, Math.min(...entries.map(({ book }) => book.revision)) + 1);
      return entries.map(({ index, countedAt, book }) => {
        const later = tail.filter(({ revision }) => revision > book.revision).map(past);
        return { lineId, entry: index, ...netBook(book.units, later, placeOfLine(locationId, line), countedAt) };
      });
    });
  }

  /** The same when a batch is submitted: with the last line of a SKU whose every position is counted, the units that are recorded in none. */
  async nettingsToSubmit(ref: CountRef, state: CountState): Promise<readonly Netting[]> {
    const counted = state.lines.filter(({ status }) => status === 'counted');
    const last = new Map(counted.map((line) => [line.sku, line]));
    const residues = await inSlices([...last.values()], async (line) => [
      { lineId: line.lineId, units: await this.residue(ref, state, line) },
    ]);
    const units = new Map(residues.map((each) => [each.lineId, each.units]));
    const nettings = await this.nettings(ref, state, counted);
    return nettings.map((netting) => ({ ...netting, unassigned: units.get(netting.lineId) ?? 0 }));
  }

  private async residue({ tenant }: CountRef, state: CountState, { sku }: CountLineState): Promise<number> {
    const lines = wholeLines(state, sku);
    if (lines === undefined) return 0;
    const known = await this.ledger.read({ tenant, sku });
    const whole = wholeStock(known.state, state, lines, this.now());
    return coveringOf(whole, await this.decidedAfter({ tenant, sku }, known.revision, whole.countedFrom))?.residue ?? 0;
  }

  /** Applies accepted lines to their SKUs. */
  book(ref: CountRef, state: CountState, lines: readonly CountLineState[], lease: Lease): Promise<readonly BookedLine[]> {
    // Lines of one SKU one after the other: with the last of them it is known whether all of it was counted.
    const ofSkus = [...new Set(lines.map(({ sku }) => sku))].map((sku) => lines.filter((line) => line.sku === sku));
    return inSlices(
      ofSkus,
      async (ofSku) => {
        const booked: BookedLine[] = [];
        for (const line of ofSku) booked.push(await this.bookLine(ref, state, line, booked));
        return booked;
      },
      lease,
    );
  }

  /** Holds what lies of each line's SKU at the location, whatever is promised of it. */
  hold(ref: CountRef, state: CountState, lines: readonly CountLineState[], lease: Lease): Promise<readonly HeldLine[]> {
    const { locationId, batchId, createdBy } = state;
    return inSlices(
      lines,
      async ({ lineId, sku, lotId }) => {
        const scope = { locationId, ...(lotId === undefined ? {} : { lotId }) };
        const hold = { holdId: holdIdOf(ref, lineId), holdType: 'count', ...scope, reference: batchId, createdBy } as const;
        const stamp = { at: this.now(), commandId: uuidOf(JSON.stringify(['count', ref.tenant, batchId, 'hold', lineId])) };
        const outcome = await this.ledger.execute(
          { tenant: ref.tenant, sku },
          { type: 'PlaceHold', ...stamp, ...hold, mayUncoverPromises: true },
          { correlationId: batchId },
        );
        return [{ lineId, sku, held: outcome.kind === 'accepted' }];
      },
      lease,
    );
  }

  /** Ends the holds of the lines. @returns the lines */
  release(ref: CountRef, lines: readonly HeldLine[], lease: Lease): Promise<readonly string[]> {
    return inSlices(
      lines,
      async ({ lineId, sku }) => {
        const stamp = { at: this.now(), commandId: uuidOf(JSON.stringify(['count', ref.tenant, ref.batchId, 'release', lineId])) };
        const command = { type: 'ReleaseHold', ...stamp, holdId: holdIdOf(ref, lineId), disposition: 'to_stock' } as const;
        const outcome = await this.ledger.execute({ tenant: ref.tenant, sku }, command, { correlationId: ref.batchId });
        if (outcome.kind === 'refused' && outcome.code !== 'hold_released' && outcome.code !== 'unknown_hold') {
          throw new Error(`SKU ${sku} refused the end of a hold of a count: ${outcome.code}`);
        }
        return [lineId];
      },
      lease,
    );
  }

  private async bookLine(ref: CountRef, state: CountState, line: CountLineState, before: readonly BookedLine[]): Promise<BookedLine> {
    const sku = { tenant: ref.tenant, sku: line.sku };
    const entry = line.judged?.entry ?? 0;
    const { book, countedAt } = lastEntry(line) ?? { book: { revision: -1 }, countedAt: 0 };
    const commandId = uuidOf(JSON.stringify(['count', ref.tenant, ref.batchId, line.lineId, entry]));
    for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
      const known = await this.ledger.read(sku);
      const { mark, revision, positions } = knownFigures(known, placeOfLine(state.locationId, line), countedAt);
      const lines = lastOfSku(state, line, before);
      const whole = lines && wholeStock(known.state, state, lines, this.now());
      const onHand = known.state.balances.get(state.locationId)?.onHand ?? 0;
      const recorded = await this.tail(sku, Math.max(0, book.revision), revision);
      const tail = recorded.filter((event) => event.revision > book.revision).map(past);
      const covering = whole && coveringOf(whole, await this.decidedAfterIn(recorded, sku, revision, whole.countedFrom));
      const since = {
        mark,
        tail,
        ...(positions === undefined ? {} : { positions }),
        ...(covering === undefined ? {} : { covering }),
      };
      const booking = bookingOf(state, line, since, { at: this.now(), commandId });
      if (booking.kind === 'stale') return { lineId: line.lineId, entry, onHand };
      const { delta, unassigned } = booking;
      const booked = { lineId: line.lineId, entry, delta, ...(unassigned === undefined ? {} : { unassigned }) };
      if (booking.kind === 'applied') return { ...booked, onHand };
      const outcome = await this.ledger.execute(sku, booking.command, { correlationId: ref.batchId, actor: line.judged?.by ?? '' });
      if (outcome.kind === 'accepted') {
        const after = outcome.state.balances.get(state.locationId)?.onHand ?? 0;
        return { ...booked, onHand: after };
      }
      // What the SKU can never take, such as one lot more than it may have, waits for people: they count it again or cancel the batch.
      if (outcome.code !== 'count_outdated') return { lineId: line.lineId, entry, onHand };
    }
    throw new Error(`facts about SKU ${line.sku} came faster than its count could be applied`);
  }

  /** Events from a revision on, in order, up to the newest or to another revision. */
  private async tail(ref: SkuRef, from: number, upTo = Number.POSITIVE_INFINITY): Promise<readonly Recorded[]> {
    const events: Recorded[] = [];
    for (let next = from; next <= upTo;) {
      const limit = events.length === 0 ? FEW_EVENTS : MANY_EVENTS;
      const page = await this.eventStore.readStream(stockStream(ref), { from: next, limit });
      events.push(...page.filter(({ revision }) => revision <= upTo));
      if (page.length < limit) break;
      next = (page.at(-1)?.revision ?? upTo) + 1;
    }
    return events;
  }

  /** The same, of events that were read already where the first of them was not decided after that time. */
  private async decidedAfterIn(read: readonly Recorded[], ref: SkuRef, upTo: number, time: number): Promise<readonly PastEvent[]> {
    const [first] = read;
    if (first === undefined || first.metadata.at > time) return this.decidedAfter(ref, upTo, time);
    return read.filter(({ metadata }) => metadata.at > time).map(past);
  }

  /** Events up to a revision that were decided after a time, oldest first. */
  private async decidedAfter(ref: SkuRef, upTo: number, time: number): Promise<readonly PastEvent[]> {
    const found: Recorded[] = [];
    let limit = FEW_EVENTS;
    for (let from = upTo; from >= 0; limit = MANY_EVENTS) {
      const page = await this.eventStore.readStream(stockStream(ref), { from, direction: 'backwards', limit });
      const later = page.filter(({ metadata }) => metadata.at > time);
      found.push(...later);
      if (later.length < page.length || page.length < limit) break;
      from = (page.at(-1)?.revision ?? 0) - 1;
    }
    return found.reverse().map(past);
  }
}

/** The lines of a SKU whose every position is counted and whose other lines are booked; undefined where they are not. */
function lastOfSku(state: CountState, line: CountLineState, before: readonly BookedLine[]): readonly CountLineState[] | undefined {
  const booked = new Set(before.filter(({ delta }) => delta !== undefined).map(({ lineId }) => lineId));
  const lines = wholeLines(state, line.sku);
  return lines?.every((each) => each === line || each.booked !== undefined || booked.has(each.lineId)) ? lines : undefined;
}

const holdIdOf = ({ tenant, batchId }: CountRef, lineId: string): string =>
  `hold_${uuidOf(JSON.stringify(['count', tenant, batchId, lineId]))}`;

const past = (recorded: Recorded): PastEvent => ({ event: STREAMS.stock.decode(recorded), at: recorded.metadata.at });

/** @param lease checked before each slice */
async function inSlices<Line, Result>(
  lines: readonly Line[],
  work: (line: Line) => Promise<readonly Result[]>,
  lease?: Lease,
): Promise<readonly Result[]> {
  const results: Result[] = [];
  for (let from = 0; from < lines.length; from += AT_ONCE) {
    lease?.check();
    const settled = await Promise.allSettled(lines.slice(from, from + AT_ONCE).map(work));
    for (const one of settled) {
      if (one.status === 'rejected') throw one.reason;
      results.push(...one.value);
    }
  }
  return results;
}
