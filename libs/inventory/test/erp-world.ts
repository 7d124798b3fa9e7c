import { decideSku, mustReport, reappraisals, SkuAuditor, type ReportedFigure, type SkuCommand, type SkuEvent } from '../src/index.js';
import { throughSnapshot } from './through-snapshot.js';

interface Posting {
  readonly kind: 'receipt' | 'issue';
  readonly id: string;
  readonly time: number;
  readonly locationId: string;
  readonly quantity: number;
  readonly orderId?: string;
}

interface Snapshot {
  readonly kind: 'level';
  readonly id: string;
  readonly asOf: number;
  readonly locationId: string;
  readonly figure: number;
}

type Message = Posting | Snapshot;

/** A commit, or what is left of it, that the ERP has not posted. */
interface Sale {
  readonly orderId: string;
  readonly locationId: string;
  quantity: number;
  readonly at: number;
}

/**
 * An ERP with a book of its own, a shop that sells through Holdfast, and a wire between them that delays, reorders and repeats.
 * It counts plainly and knows nothing of how Holdfast reconciles. Every action happens at a time of its own.
 */
export class ErpWorld {
  now = 0;
  readonly auditor = new SkuAuditor();
  readonly postings: Posting[] = [];
  readonly sales: Sale[] = [];
  readonly wire: Message[] = [];
  readonly delivered: Message[] = [];
  soldUnits = 0;
  /** Polls whose figure was not reported. */
  spared = 0;
  readonly #reported = new Map<string, ReportedFigure>();
  readonly #due = new Map<string, number[]>();
  #names = 0;
  readonly #open: string[] = [];

  constructor(
    readonly locations: readonly string[],
    readonly postingLagMs: number | null,
  ) {}

  /** The ERP's book of a location as of a time. */
  book(locationId: string, asOf = this.now): number {
    return sum(this.postings.filter((posting) => posting.locationId === locationId && posting.time <= asOf).map(signed));
  }

  /** The book as far as Holdfast could know it: the newest figure delivered and the postings delivered that are later. */
  knownBook(locationId: string): number {
    const here = this.delivered.filter((message) => message.locationId === locationId);
    const newest = here.reduce<Snapshot | undefined>(
      (found, message) => (message.kind === 'level' && (found === undefined || message.asOf > found.asOf) ? message : found),
      undefined,
    );
    const later = here.filter((message) => message.kind !== 'level' && message.time > (newest?.asOf ?? -1)) as Posting[];
    return (newest?.figure ?? 0) + sum([...new Set(later)].map(signed));
  }

  /** Units sold at the location whose issue Holdfast was not told of. */
  unacknowledged(locationId: string): number {
    const told = new Set(this.delivered);
    const silent = this.postings.filter(
      (posting) => posting.orderId !== undefined && posting.locationId === locationId && !told.has(posting),
    );
    return sum(this.sales.filter((sale) => sale.locationId === locationId).map(({ quantity }) => quantity)) - sum(silent.map(signed));
  }

  onHand(locationId: string): number {
    return this.auditor.state.balances.get(locationId)?.onHand ?? 0;
  }

  tick(): void {
    this.now += 1;
  }

  /** The ERP posts a receipt, or goods lost without an order. */
  receipt(locationId: string, quantity: number): void {
    this.#post({ kind: 'receipt', locationId, quantity });
  }

  loss(locationId: string, quantity: number): void {
    this.#post({ kind: 'issue', locationId, quantity });
  }

  reserve(quantity: number, ttlMs: number): void {
    const reservationId = this.#name('r');
    const orderId = `order of ${String(this.#names % 7)}`;
    const events = this.#command({
      type: 'PlaceReservation',
      at: this.now,
      commandId: reservationId,
      reservationId,
      orderId,
      quantity,
      ttlMs,
      requestHash: reservationId,
      sources: [],
    });
    if (events.some(({ type }) => type === 'ReservationPlaced')) this.#open.push(reservationId);
  }

  commit(pick: number, quantity: number): void {
    const reservationId = this.#open[pick % Math.max(1, this.#open.length)];
    const held = this.auditor.state.reservations.get(reservationId ?? '');
    if (reservationId === undefined || held === undefined) return;
    const units = Math.min(quantity, sum(held.takes.map((take) => take.quantity)));
    const command = { type: 'CommitReservation', at: this.now, commandId: this.#name('c'), reservationId, quantity: units } as const;
    for (const event of this.#command(command)) {
      if (event.type !== 'ReservationCommitted') continue;
      for (const take of event.takes) this.sales.push({ ...take, orderId: event.orderId, at: this.now });
      this.soldUnits += sum(event.takes.map((take) => take.quantity));
    }
  }

  release(pick: number): void {
    const reservationId = this.#open[pick % Math.max(1, this.#open.length)];
    if (reservationId !== undefined) this.#command({ type: 'ReleaseReservation', at: this.now, commandId: this.#name('x'), reservationId });
  }

  /** The ERP posts (part of) a sale, at the location it was sold from or at another. */
  postSale(pick: number, quantity: number, from?: string): void {
    const sale = this.sales[pick % Math.max(1, this.sales.length)];
    if (sale === undefined) return;
    const units = Math.min(quantity, sale.quantity);
    sale.quantity -= units;
    if (sale.quantity === 0) this.sales.splice(this.sales.indexOf(sale), 1);
    this.#post({ kind: 'issue', locationId: from ?? sale.locationId, quantity: units, orderId: sale.orderId });
  }

  /** The ERP posts every sale that would otherwise be late. */
  postSalesOlderThan(age: number): void {
    for (const sale of this.sales.filter(({ at }) => this.now - at >= age)) this.postSale(this.sales.indexOf(sale), sale.quantity);
  }

  /** The ERP sends its figure as of a while ago. */
  snapshot(locationId: string, ago: number): void {
    const asOf = Math.max(0, this.now - ago);
    this.wire.push({ kind: 'level', id: this.#name('l'), asOf, locationId, figure: this.book(locationId, asOf) });
  }

  /**
   * A poller reads the figure as of now. It arrives at once, unless it is equal to the last one and would come to the same; then it is
   * checked that it would have.
   */
  poll(locationId: string): void {
    const read = { figure: this.book(locationId), asOf: this.now };
    const level: Snapshot = { kind: 'level', id: this.#name('poll'), locationId, ...read };
    const due = this.#due.get(locationId) ?? [];
    if (mustReport(this.#reported.get(locationId), read, due)) {
      const open = due.filter((time) => time > read.asOf);
      this.#due.set(locationId, open);
      this.#reported.set(locationId, read);
      return this.#arrive(level);
    }
    this.spared += 1;
    const decision = decideSku(this.auditor.state, this.#levelCommand(level));
    const events = decision.kind === 'refused' ? [decision] : decision.events;
    expect(events).toMatchObject([{ type: 'LevelReported', delta: 0 }]);
  }

  /** Any message that waits arrives. */
  deliver(pick: number): void {
    const [message] = this.wire.splice(pick % Math.max(1, this.wire.length), 1);
    if (message !== undefined) this.#arrive(message);
  }

  /** All is posted, and everything on the wire arrives in an order that the picks give. */
  settle(picks: readonly number[]): void {
    this.tick();
    while (this.sales.length > 0) this.postSale(0, Number.MAX_SAFE_INTEGER);
    for (let index = 0; this.wire.length > 0; index += 1) this.deliver(picks[index % picks.length] ?? 0);
  }

  /** A message that arrived before arrives once more. */
  repeat(pick: number): void {
    const message = this.delivered[pick % Math.max(1, this.delivered.length)];
    if (message !== undefined) this.#arrive(message);
  }

  #post(posting: Omit<Posting, 'id' | 'time'>): void {
    const posted = { ...posting, id: this.#name('p'), time: this.now };
    this.postings.push(posted);
    this.wire.push(posted);
  }

  #envelope(message: Message) {
    return {
      at: this.now,
      commandId: `command of ${message.id}`,
      connectionId: 'erp',
      messageId: message.id,
      locationId: message.locationId,
    };
  }

  #levelCommand(level: Snapshot): SkuCommand {
    const { figure, asOf } = level;
    return { type: 'ReportLevel', ...this.#envelope(level), figure, asOf, postingLagMs: this.postingLagMs };
  }

  #arrive(message: Message): void {
    const envelope = this.#envelope(message);
    if (message.kind === 'level') {
      this.#command(this.#levelCommand(message));
    } else if (message.kind === 'receipt') {
      this.#command({ type: 'ReceiveStock', ...envelope, quantity: message.quantity, effectiveAt: message.time });
    } else {
      const order = message.orderId === undefined ? {} : { orderId: message.orderId };
      this.#command({ type: 'IssueStock', ...envelope, quantity: message.quantity, effectiveAt: message.time, ...order });
    }
    this.delivered.push(message);
  }

  #command(command: SkuCommand): readonly SkuEvent[] {
    const decision = decideSku(this.auditor.state, command);
    expect(decideSku(throughSnapshot(this.auditor.state), command)).toEqual(decision);
    if (decision.kind === 'refused') return [];
    for (const event of decision.events) {
      expect(this.auditor.observe(event, command.at)).toEqual([]);
      this.#weigh(event, command.at);
    }
    expect(this.auditor.audit()).toEqual([]);
    const again = decideSku(this.auditor.state, command);
    expect(again.kind === 'refused' ? [] : again.events).toEqual([]);
    return decision.events;
  }

  #weigh(event: SkuEvent, at: number): void {
    for (const { locationId, when, time } of reappraisals(event, at, ({ messageId }) => messageId.startsWith('poll'))) {
      if (when === 'presumes' && this.postingLagMs === null) continue;
      const due = this.#due.get(locationId) ?? [];
      due.push(when === 'presumes' ? time + (this.postingLagMs ?? 0) : time);
      this.#due.set(locationId, due);
    }
  }

  /** Somebody counts by hand, or corrects by a difference. */
  adjust(locationId: string, units: number, isCount: boolean): void {
    const command = { at: this.now, commandId: this.#name('a'), locationId, effectiveAt: this.now, reasonCode: 'count' };
    this.#command(isCount ? { type: 'RecordStock', ...command, counted: units } : { type: 'AdjustStock', ...command, delta: units });
  }

  #name(kind: string): string {
    this.#names += 1;
    return `${kind}${String(this.#names)}`;
  }
}

export const sum = (units: readonly number[]): number => units.reduce((total, next) => total + next, 0);
const signed = ({ kind, quantity }: Posting): number => (kind === 'receipt' ? quantity : -quantity);
