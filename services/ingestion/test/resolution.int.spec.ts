import fc from 'fast-check';
import type { ErpMessage } from '@holdfast/contracts';
import type { SkuCommand } from '@holdfast/inventory';
import { eventually, IngestionUnderTest } from './ingestion.js';
import { issue, level, receipt } from './messages.js';

const LOCATIONS = ['MAIN', 'BER'] as const;
const WAREHOUSE = { MAIN: '0001', BER: '0002' } as const;
type Place = (typeof LOCATIONS)[number];

/** The ERP's side: a plain book, and what it sends about it. */
class ErpBook {
  readonly units: Record<Place, number> = { MAIN: 0, BER: 0 };
  readonly messages: ErpMessage[] = [];
  private ticks = 0;

  constructor(
    readonly sku: string,
    /** Its postings begin here, in the past: a posting names the time of the ERP's clock. */
    private readonly epoch: number,
  ) {}

  receive(place: Place, quantity: number): void {
    this.units[place] += quantity;
    this.messages.push(receipt(this.id(), { ...this.where(place), quantity, postedAt: this.tick() }));
  }

  ship(place: Place, orderId: string, quantity: number): void {
    this.units[place] -= quantity;
    this.messages.push(issue(this.id(), { ...this.where(place), quantity, orderId, postedAt: this.tick() }));
  }

  report(place: Place): void {
    this.messages.push(level(this.id(), { ...this.where(place), quantity: this.units[place], asOf: this.tick() }));
  }

  private where(place: Place) {
    return { warehouseId: WAREHOUSE[place], sku: this.sku };
  }

  private id(): string {
    return `${this.sku}-${this.messages.length}`;
  }

  private tick(): string {
    this.ticks += 1;
    return new Date(this.epoch + this.ticks * 1000).toISOString();
  }
}

type Step =
  | { readonly kind: 'sale'; readonly quantity: number }
  | { readonly kind: 'receipt'; readonly place: Place; readonly quantity: number }
  | { readonly kind: 'level'; readonly place: Place }
  | { readonly kind: 'postSales'; readonly elsewhere: boolean };

const place = fc.constantFrom(...LOCATIONS);
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('sale' as const), quantity: fc.integer({ min: 1, max: 4 }) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('receipt' as const), place, quantity: fc.integer({ min: 1, max: 9 }) }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('level' as const), place }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('postSales' as const), elsewhere: fc.boolean() }) },
);

describe('the ERP and the shop on the same stock', () => {
  let ingestion: IngestionUnderTest;
  let runs = 0;
  beforeAll(async () => {
    ingestion = await IngestionUnderTest.start();
    await ingestion.call('POST', '/api/locations', { locationId: 'BER', name: 'Berlin' });
    const mappings = LOCATIONS.map((locationId) => ({ warehouseId: WAREHOUSE[locationId], locationId }));
    await ingestion.connect('sap', { mappings });
  });
  afterAll(() => ingestion.stop());

  const execute = (sku: string, command: SkuCommand) => ingestion.runtime.ledger.execute({ tenant: 'acme', sku }, command);

  /** Reserves and commits; gives where the units came from, undefined where there were too few. */
  async function sell(sku: string, orderId: string, quantity: number): Promise<ReadonlyMap<Place, number> | undefined> {
    const hold = { reservationId: orderId, orderId, quantity, ttlMs: 60_000, requestHash: orderId };
    const sources = LOCATIONS.map((locationId) => ({ locationId, priority: 100 }));
    const placed = await execute(sku, { type: 'PlaceReservation', at: Date.now(), commandId: `${orderId}-place`, ...hold, sources });
    if (placed.kind === 'refused') return undefined;
    const committed = await execute(sku, {
      type: 'CommitReservation',
      at: Date.now(),
      commandId: `${orderId}-commit`,
      reservationId: orderId,
    });
    if (committed.kind === 'refused') throw new Error(`commit refused: ${committed.code}`);
    const takes = committed.events.flatMap((event) => (event.type === 'ReservationCommitted' ? event.takes : []));
    return new Map(takes.map((take) => [take.locationId as Place, take.quantity]));
  }

  it(
    'never sells a unit twice, and on hand is the book of the ERP once all is posted, however late, doubled or disordered its figures came',
    () =>
      fc.assert(
        fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 25 }), fc.infiniteStream(fc.nat(5)), async (steps, delays) => {
          runs += 1;
          const sku = `BOOK-${runs}`;
          const book = new ErpBook(sku, Date.now() - 3_600_000);
          const unposted: { readonly orderId: string; readonly place: Place; readonly quantity: number }[] = [];
          const late: ErpMessage[] = [];
          let sent = 0;
          let sales = 0;

          /** Sends what the ERP has to say: postings at once; figures perhaps later, perhaps twice. */
          const send = async (): Promise<void> => {
            const fresh = book.messages.slice(sent);
            sent = book.messages.length;
            const due: ErpMessage[] = [];
            for (const message of fresh) {
              const { value: delay } = delays.next() as { value: number };
              if (message.type === 'level' && delay >= 3) late.push(message);
              else due.push(message, ...(delay === 1 ? [message] : []));
            }
            await ingestion.publish(due);
          };
          const settle = () =>
            eventually(async () => {
              const seen = new Set(await ingestion.messageIds(sku));
              expect(book.messages.slice(0, sent).filter((one) => !late.includes(one) && !seen.has(one.messageId))).toEqual([]);
            });
          const post = (elsewhere: boolean): void => {
            for (const { orderId, place: from, quantity } of unposted.splice(0)) {
              const other = from === 'MAIN' ? 'BER' : 'MAIN';
              // Units ship only from a location that has them.
              book.ship(elsewhere && book.units[other] >= quantity ? other : from, orderId, quantity);
            }
          };

          book.receive('MAIN', 10);
          await send();
          await settle();
          for (const one of steps) {
            if (one.kind === 'receipt') book.receive(one.place, one.quantity);
            else if (one.kind === 'level') book.report(one.place);
            else if (one.kind === 'postSales') post(one.elsewhere);
            else {
              sales += 1;
              const takes = await sell(sku, `${sku}-o${sales}`, one.quantity);
              for (const [from, quantity] of takes ?? []) unposted.push({ orderId: `${sku}-o${sales}`, place: from, quantity });
            }
            await send();
          }
          post(false);
          await send();
          await ingestion.publish(late.splice(0).reverse());
          await settle();

          expect(book.units.MAIN + book.units.BER).toBeGreaterThanOrEqual(0);
          for (const one of LOCATIONS) expect([one, (await ingestion.onHand(sku, one)) ?? 0]).toEqual([one, book.units[one]]);
        }),
        { numRuns: 25 },
      ),
    300_000,
  );

  it('keeps what it sold sold when a figure arrives that does not know of the sale', async () => {
    const epoch = Date.now() - 3_600_000;
    const at = (minute: number): string => new Date(epoch + minute * 60_000).toISOString();
    await ingestion.publish([level('worked-1', { sku: 'WORKED', quantity: 10, asOf: at(1) })]);
    await eventually(async () => expect(await ingestion.onHand('WORKED')).toBe(10));
    await sell('WORKED', 'worked-order', 4);
    await ingestion.publish([level('worked-2', { sku: 'WORKED', quantity: 10, asOf: at(2) })]);
    await eventually(async () => expect(await ingestion.messageIds('WORKED')).toContain('worked-2'));
    expect(await ingestion.onHand('WORKED')).toBe(6);
    await ingestion.publish([
      issue('worked-3', { sku: 'WORKED', quantity: 4, orderId: 'worked-order', postedAt: at(3) }),
      level('worked-4', { sku: 'WORKED', quantity: 6, asOf: at(4) }),
    ]);
    await eventually(async () => expect(await ingestion.messageIds('WORKED')).toContain('worked-4'));
    expect(await ingestion.onHand('WORKED')).toBe(6);
  });

  it('counts a sale as posted after the posting lag of its connection, where no issue ever names an order', async () => {
    await ingestion.connect('lagging', { postingLagMs: 1_000, mappings: [{ warehouseId: '0001', locationId: 'MAIN' }] });
    const figure = (messageId: string, quantity: number, asOf: number) =>
      ingestion.publish([level(messageId, { connectionId: 'lagging', sku: 'LAG', quantity, asOf: new Date(asOf).toISOString() })]);
    await figure('lag-1', 10, Date.now() - 60_000);
    await eventually(async () => expect(await ingestion.onHand('LAG')).toBe(10));
    await sell('LAG', 'lag-order', 4);
    const soldAt = Date.now();
    await figure('lag-2', 10, soldAt - 1);
    await eventually(async () => expect(await ingestion.messageIds('LAG')).toContain('lag-2'));
    expect(await ingestion.onHand('LAG')).toBe(6);
    await figure('lag-3', 6, soldAt + 2_000);
    await eventually(async () => expect(await ingestion.messageIds('LAG')).toContain('lag-3'));
    expect(await ingestion.onHand('LAG')).toBe(6);
  });
});
