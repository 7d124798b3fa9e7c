import { countMark, decideSku, SkuAuditor, type SkuCommand, type SkuState } from '@holdfast/inventory';
import {
  bookingOf,
  countedBook,
  countViolations,
  decideCount,
  evolveCount,
  initialCountState,
  knownFigures,
  netBook,
  resolutionsOf,
  type CountCommand,
  type CountLine,
  type CountLineState,
  type CountState,
  type LineDecision,
  type Netting,
  type PastEvent,
} from '../src/index.js';

export const minute = 60_000;
export const hour = 60 * minute;
export const ten = 10 * hour;
const NAME = 'BER';

type Unstamped<Command> = Command extends { readonly at: number } ? Omit<Command, 'at' | 'commandId'> : never;

/** One SKU's stream, every event audited. */
class Stream {
  readonly events: PastEvent[] = [];
  readonly #auditor = new SkuAuditor();

  get state(): SkuState {
    return this.#auditor.state;
  }

  does(command: SkuCommand): string | undefined {
    const decision = decideSku(this.state, command);
    if (decision.kind === 'refused') return decision.code;
    for (const event of decision.events) {
      expect(this.#auditor.observe(event, command.at)).toEqual([]);
      this.events.push({ event, at: command.at });
    }
    expect(this.#auditor.audit()).toEqual([]);
    return undefined;
  }
}

/** A location with SKUs and a batch of counts: the same steps as the process of the service, in memory and at chosen times. */
export class CountWorld {
  at = 9 * hour;
  batch: CountState = initialCountState();
  pickWindowMs = 24 * hour;
  readonly skus = new Map<string, Stream>();
  #commands = 0;

  constructor(private readonly terms: Partial<CountLine> = {}) {}

  stream(sku = 'CUP'): Stream {
    const known = this.skus.get(sku) ?? new Stream();
    this.skus.set(sku, known);
    return known;
  }

  stock(command: Unstamped<SkuCommand>, sku = 'CUP'): this {
    const refused = this.stream(sku).does({ ...command, ...this.#stamp() });
    if (refused !== undefined) throw new Error(refused);
    return this;
  }

  has(units: number, sku = 'CUP'): this {
    return this.stock({ type: 'ReceiveStock', locationId: NAME, quantity: units, effectiveAt: this.at, messageId: `has ${sku}` }, sku);
  }

  reserves(orderId: string, quantity: number, sold: { readonly soldAt?: number } = {}): this {
    const reservation = {
      reservationId: `rs_${orderId}`,
      orderId,
      ttlMs: 8 * hour,
      requestHash: orderId,
      sources: [{ locationId: NAME, priority: 1 }],
      ...sold,
    };
    return this.stock({ type: 'PlaceReservation', quantity, ...reservation } as unknown as Unstamped<SkuCommand>);
  }

  commits(orderId: string, sold: { readonly soldAt?: number } = {}): this {
    return this.stock({ type: 'CommitReservation', reservationId: `rs_${orderId}`, ...sold });
  }

  sells(orderId: string, quantity: number): this {
    return this.reserves(orderId, quantity).commits(orderId);
  }

  level(figure: number, asOf: number): this {
    return this.stock({
      type: 'ReportLevel',
      connectionId: 'erp',
      messageId: `level ${String(asOf)}`,
      locationId: NAME,
      figure,
      asOf,
      postingLagMs: null,
    });
  }

  onHand(sku = 'CUP'): number {
    return this.stream(sku).state.balances.get(NAME)?.onHand ?? 0;
  }

  /** A batch with a line for each SKU. */
  opens(...skus: readonly string[]): this {
    const lines = (skus.length === 0 ? ['CUP'] : skus).map((sku, place) => this.line(sku, String(place + 1)));
    const batch = { batchId: 'cc_1', locationId: NAME, blind: true, autoAccept: true, postedBack: false, requestHash: 'hash' };
    this.must({ type: 'CreateCountBatch', by: 'planner', ...batch, lines });
    return this;
  }

  line(sku: string, lineId: string): CountLine {
    return { lineId, sku, class: 'A', tolerancePct: 1, costMinor: 1_000, ...this.terms };
  }

  /** The code of the refusal, or undefined. */
  does(command: Unstamped<CountCommand>): { readonly code: string; readonly details: unknown } | undefined {
    const stamp = this.#stamp();
    const decision = decideCount(this.batch, { ...command, ...stamp });
    if (decision.kind === 'refused') return { code: decision.code, details: decision.details };
    for (const event of decision.events) {
      this.batch = evolveCount(this.batch, event, stamp.at);
      expect(countViolations(this.batch)).toEqual([]);
    }
    return undefined;
  }

  must(command: Unstamped<CountCommand>): void {
    expect(this.does(command)).toBeUndefined();
  }

  book(sku: string, countedAt: number) {
    const stream = this.stream(sku);
    const since = stream.events.filter(({ at }) => at > countedAt);
    const known = knownFigures(
      { state: stream.state, revision: stream.events.length - 1 },
      { locationId: NAME },
      countedAt,
      this.pickWindowMs,
    );
    return countedBook(known, since, { locationId: NAME }, countedAt);
  }

  count(sku: string, quantity: number, more: Stated = {}) {
    const countedAt = more.countedAt ?? this.at;
    return { quantity, countedAt, book: this.book(sku, countedAt), ...more };
  }

  records(quantity: number, by: string, more: Stated & { readonly sku?: string } = {}) {
    const { sku = 'CUP', ...stated } = more;
    const lineId = this.lineOf(sku).lineId;
    return this.does({ type: 'RecordCounts', by, counts: [{ lineId, ...this.count(sku, quantity, stated) }] });
  }

  lineOf(sku = 'CUP'): CountLineState {
    const found = this.batch.lines.find((line) => line.sku === sku);
    if (found === undefined) throw new Error(`${sku} is on no line`);
    return found;
  }

  nettings(): readonly Netting[] {
    return this.batch.lines.flatMap((line) =>
      line.entries.map(({ index, countedAt, book }) => {
        const tail = this.stream(line.sku).events.slice(book.revision + 1);
        return { lineId: line.lineId, entry: index, ...netBook(book.units, tail, { locationId: NAME }, countedAt) };
      }),
    );
  }

  submits(by = 'planner') {
    const refused = this.does({ type: 'SubmitCount', by, nettings: this.nettings() });
    this.books();
    return refused;
  }

  /** What became of each line, by its code where it was refused. */
  resolves(by: string, ...lines: readonly (Omit<LineDecision, 'lineId'> & { readonly lineId?: string })[]) {
    const command = {
      type: 'ResolveCount' as const,
      by,
      lines: lines.map((line) => ({ lineId: '1', ...line })),
      nettings: this.nettings(),
    };
    const resolutions = resolutionsOf(this.batch, { ...command, at: this.at, commandId: 'asked' });
    const refused = this.does(command);
    this.books();
    return refused?.code ?? resolutions.map((each) => (each.kind === 'refused' ? each.code : this.statusOf(each)));
  }

  accepts(by = 'boss', more: Omit<LineDecision, 'lineId' | 'decision'> = {}) {
    return this.resolves(by, { decision: 'accept', ...more });
  }

  private statusOf(each: { readonly kind: string; readonly lineId?: string; readonly line?: { readonly lineId: string } }): string {
    return this.batch.lines.find(({ lineId }) => lineId === (each.line?.lineId ?? each.lineId))?.status ?? 'unknown';
  }

  /** Books what is accepted; called again, it changes nothing. */
  books(): void {
    for (const line of this.batch.lines.filter(({ status }) => status === 'accepting')) {
      const commandId = `cc_1 ${line.lineId} ${String(line.judged?.entry)}`;
      const stream = this.stream(line.sku);
      const tail = stream.events.slice((line.entries.at(-1)?.book.revision ?? -1) + 1);
      const mark = countMark(stream.state, NAME, line.entries.at(-1)?.countedAt ?? 0);
      const booking = bookingOf(this.batch, line, { mark, tail }, { at: this.at, commandId });
      if (booking.kind === 'apply') expect(stream.does(booking.command)).toBeUndefined();
      const delta = booking.kind === 'apply' ? booking.command.delta : booking.kind === 'applied' ? booking.delta : undefined;
      const booked = { lineId: line.lineId, entry: line.judged?.entry ?? 0, onHand: this.onHand(line.sku) };
      this.must({ type: 'ReportBooking', lines: [{ ...booked, ...(delta === undefined ? {} : { delta }) }] });
    }
  }

  #stamp(): { readonly at: number; readonly commandId: string } {
    this.#commands += 1;
    return { at: this.at, commandId: `command ${String(this.#commands)}` };
  }
}

interface Stated {
  readonly countedAt?: number;
  readonly pickedUnits?: number;
  readonly awaitingPickUnits?: number;
}
