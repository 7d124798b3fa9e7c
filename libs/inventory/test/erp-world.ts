import { decideSku, SkuAuditor, type SkuCommand, type SkuEvent } from '../src/index.js';
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

  /** Any message that waits arrives. */
  deliver(pick: number): void {
    const [message] = this.wire.splice(pick % Math.max(1, this.wire.length), 1);
    if (message !== undefined) this.#arrive(message);
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

  #arrive(message: Message): void {
    const envelope = {
      at: this.now,
      commandId: `command of ${message.id}`,
      connectionId: 'erp',
      messageId: message.id,
      locationId: message.locationId,
    };
    if (message.kind === 'level') {
      const { figure, asOf } = message;
      this.#command({ type: 'ReportLevel', ...envelope, figure, asOf, postingLagMs: this.postingLagMs });
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
    }
    expect(this.auditor.audit()).toEqual([]);
    const again = decideSku(this.auditor.state, command);
    expect(again.kind === 'refused' ? [] : again.events).toEqual([]);
    return decision.events;
  }

  #name(kind: string): string {
    this.#names += 1;
    return `${kind}${String(this.#names)}`;
  }
}

export const sum = (units: readonly number[]): number => units.reduce((total, next) => total + next, 0);
const signed = ({ kind, quantity }: Posting): number => (kind === 'receipt' ? quantity : -quantity);
