import { decideSku, evolveSku, initialSkuState, type SkuCommand, type SkuEvent } from '@holdfast/inventory';
import { LotTracer, namesOf, TRACED, type TracedEvent } from './lot-trace.js';

const NOON = Date.parse('2026-03-02T12:00:00Z');

type Lots = Readonly<Record<string, number>>;

/** One SKU in Berlin to which commands are given one after another. */
class World {
  readonly events: SkuEvent[] = [];
  #state = initialSkuState();
  #commands = 0;

  do(type: SkuCommand['type'], fields: object): void {
    this.#commands += 1;
    const command = { type, at: NOON, commandId: `c${this.#commands}`, ...fields } as SkuCommand;
    const decision = decideSku(this.#state, command);
    if (decision.kind === 'refused') throw new Error(`${type}: ${decision.code}`);
    for (const event of decision.events) this.#state = evolveSku(this.#state, event, NOON);
    this.events.push(...decision.events);
  }

  receive(lots: Lots, loose = 0): void {
    const positions = Object.entries(lots).map(([lotId, quantity]) => ({ lotId, quantity }));
    const quantity = positions.reduce((sum, each) => sum + each.quantity, loose);
    const receipt = { locationId: 'BER', effectiveAt: NOON, messageId: `m${this.#commands}`, quantity };
    this.do('ReceiveStock', positions.length === 0 ? receipt : { ...receipt, positions });
  }

  sell(id: string, quantity: number, lotId?: string): void {
    const order = { reservationId: id, orderId: `order of ${id}` };
    this.do('PlaceReservation', { ...order, quantity, ttlMs: 1_000, requestHash: id, sources: [], locationId: 'BER' });
    this.do('CommitReservation', { reservationId: id, ...(lotId === undefined ? {} : { lots: [{ lotId, quantity }] }) });
  }

  correct(kind: string, fields: object): void {
    this.do('CorrectPositions', { kind, locationId: 'BER', ...fields });
  }
}

const isTraced = (event: { readonly type: string }): event is TracedEvent => (TRACED as readonly string[]).includes(event.type);

/** Of each row who took the units and how many. */
function traced(world: World, lotId: string) {
  const events = world.events.filter(isTraced);
  const tracer = new LotTracer(
    namesOf(
      lotId,
      events.filter((event) => event.type === 'LotRenamed'),
    ),
  );
  for (const event of events) tracer.add(event, NOON);
  const { affected, untraced } = tracer.trace();
  const short = ({ at: _, locationId: __, quantity, ...to }: (typeof affected)[number]) => [Object.values(to)[0], quantity];
  return { affected: affected.map(short), untraced: untraced.map(short) };
}

describe('the trace of a lot', () => {
  let world: World;
  beforeEach(() => (world = new World()));

  it('H8: lists orders that took of it, and of the lot that was split off', () => {
    world.receive({ A: 10, B: 5 });
    world.sell('O1', 3, 'A');
    world.correct('split', { fromLotId: 'A', toLotId: 'A2', quantity: 2 });
    world.sell('O2', 1, 'A2');
    world.sell('O3', 2, 'B');
    world.do('ShipTransfer', {
      transferId: 't1',
      fromLocationId: 'BER',
      toLocationId: 'HAM',
      quantity: 4,
      positions: [{ lotId: 'A', quantity: 4 }],
    });
    expect(traced(world, 'A')).toEqual({
      affected: [
        ['order of O1', 3],
        ['order of O2', 1],
        ['t1', 4],
      ],
      untraced: [],
    });
    expect(traced(world, 'A2').affected).toEqual([['order of O2', 1]]);
  });

  it('follows the lot that it was merged into from then on, and finds it under each of its ids', () => {
    world.receive({ A: 4, B: 4 });
    world.sell('before', 1, 'B');
    world.sell('own', 1, 'A');
    world.do('RenameLot', { lotId: 'A', toLotId: 'X' });
    world.correct('merge', { fromLotId: 'X', toLotId: 'B' });
    world.sell('after', 2, 'B');
    const affected = [
      ['order of own', 1],
      ['order of after', 2],
    ];
    expect(traced(world, 'A').affected).toEqual(affected);
    expect(traced(world, 'X').affected).toEqual(affected);
  });

  it('leaves out what came back, and lists apart what was sold without a lot', () => {
    world.receive({}, 5);
    world.sell('early', 2);
    world.receive({ A: 3 });
    world.sell('mixed', 4);
    world.sell('lost', 1);
    world.do('ReverseCommit', { reservationId: 'lost', orderId: 'order of lost', commitCommandId: commitOf('lost') });
    expect(traced(world, 'A')).toEqual({
      affected: [['order of mixed', 3]],
      untraced: [
        ['order of early', 2],
        ['order of mixed', 1],
      ],
    });
  });

  it('goes by the lot that the ERP issued, with an order or without', () => {
    world.receive({ A: 5, B: 5 });
    world.sell('O1', 2, 'A');
    const posting = { connectionId: 'sap', locationId: 'BER', effectiveAt: NOON };
    world.do('IssueStock', { ...posting, messageId: 'm-1', quantity: 2, orderId: 'order of O1', lotId: 'B' });
    world.do('IssueStock', { ...posting, messageId: 'm-2', quantity: 1, documentId: 'doc-9', lotId: 'B' });
    world.do('IssueStock', { ...posting, messageId: 'm-3', quantity: 1 });
    expect(traced(world, 'A')).toEqual({ affected: [], untraced: [['m-3', 1]] });
    expect(traced(world, 'B').affected).toEqual([
      ['order of O1', 2],
      ['doc-9', 1],
    ]);
  });

  const commitOf = (reservationId: string): string => {
    const commit = world.events.find((event) => event.type === 'ReservationCommitted' && event.reservationId === reservationId);
    return commit?.type === 'ReservationCommitted' ? commit.commitId : '';
  };
});
