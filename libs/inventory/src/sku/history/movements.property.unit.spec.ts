import fc from 'fast-check';
import { ErpWorld, sum } from '../../../test/erp-world.js';
import { Movements, type StockMovement } from './movements.js';

type Step = readonly [action: number, pick: number, units: number, place: number];

const steps = fc.array(fc.tuple(fc.nat(15), fc.nat(50), fc.integer({ min: 1, max: 6 }), fc.nat(2)), { minLength: 20, maxLength: 70 });
const locations = fc.constantFrom(['BER'], ['BER', 'HAM'], ['BER', 'HAM', 'MUC']);

/** Sales as they were made; the world forgets those that were posted. */
interface Sold {
  readonly at: number;
  readonly locationId: string;
  readonly quantity: number;
}

/** The world with all movements of its events, and all sales. */
function watched(places: readonly string[], lag: number | null): { world: ErpWorld; movements: StockMovement[]; sold: Sold[] } {
  const world = new ErpWorld(places, lag);
  const movements: StockMovement[] = [];
  const stream = new Movements();
  const sold: Sold[] = [];
  const { auditor } = world;
  const observe = auditor.observe.bind(auditor);
  auditor.observe = (event, at) => {
    movements.push(...stream.of(auditor.state, event, at, at));
    if (event.type === 'ReservationCommitted') sold.push(...event.takes.map((take) => ({ ...take, at })));
    return observe(event, at);
  };
  return { world, movements, sold };
}

function act(world: ErpWorld, [action, pick, units, place]: Step): void {
  const here = world.locations[place % world.locations.length] ?? 'BER';
  world.tick();
  if (world.postingLagMs !== null) world.postSalesOlderThan(world.postingLagMs);
  if (action < 2) world.receipt(here, units + 3);
  else if (action < 4) world.reserve(units, pick + 1);
  else if (action < 6) world.commit(pick, units);
  else if (action === 6) world.release(pick);
  else if (action < 9) world.postSale(pick, units);
  else if (action < 11) world.snapshot(here, action === 9 ? pick % 9 : 0);
  else if (action === 11) world.repeat(pick);
  else if (action === 12) world.loss(here, units);
  else world.deliver(pick);
}

function deliverAll(world: ErpWorld, picks: readonly Step[]): void {
  world.tick();
  for (let index = 0; world.wire.length > 0; index += 1) world.deliver(picks[index % picks.length]?.[1] ?? 0);
}

const unitsBy = (movements: readonly StockMovement[], locationId: string, time: number, of: 'onHand' | 'reserved'): number =>
  sum(movements.filter(({ place, effectiveAt }) => place.locationId === locationId && effectiveAt <= time).map((each) => each[of]));

// prettier-ignore
const REVERSED_POSTINGS: readonly Step[] = [
  [0, 4, 4, 0], [0, 0, 1, 0], [2, 0, 1, 0], [13, 0, 1, 0], [13, 34, 1, 0], [2, 13, 1, 0], [0, 0, 1, 0], [11, 0, 1, 0], [2, 6, 6, 0], [7, 0, 1, 0],
  [0, 0, 1, 0], [0, 0, 1, 0], [4, 7, 1, 0], [7, 0, 1, 0], [4, 3, 1, 0], [9, 20, 1, 0], [0, 0, 1, 0], [2, 0, 1, 0], [2, 0, 1, 0], [7, 0, 1, 0],
];

describe('movements of a random history with an ERP whose messages come late, twice and in any order', () => {
  it.each([null, 12])('add up to the balances after every step (posting lag %s)', (lag) => {
    fc.assert(
      fc.property(locations, steps, (places, actions) => {
        const { world, movements } = watched(places, lag);
        for (const action of actions) {
          act(world, action);
          for (const place of places) {
            const balance = world.auditor.state.balances.get(place);
            expect(unitsBy(movements, place, world.now, 'onHand')).toBe(balance?.onHand ?? 0);
            expect(unitsBy(movements, place, world.now, 'reserved')).toBe(balance?.reserved ?? 0);
          }
        }
      }),
      { numRuns: 40 },
    );
  });

  it('say of every moment, once all is delivered, what had come in and neither left nor was sold by then', () => {
    fc.assert(
      fc.property(locations, steps, (places, actions) => {
        const { world, movements, sold } = watched(places, null);
        for (const action of actions) act(world, action);
        deliverAll(world, actions);
        for (const place of places) {
          for (let time = 0; time <= world.now; time += 1) {
            // Goods of an order leave on hand when they are sold, and no second time when the ERP posts that they left.
            const postings = world.postings.filter((each) => each.locationId === place && each.time <= time && each.orderId === undefined);
            const goods = sum(postings.map(({ kind, quantity }) => (kind === 'receipt' ? quantity : -quantity)));
            const gone = sum(sold.filter((sale) => sale.locationId === place && sale.at <= time).map(({ quantity }) => quantity));
            expect([place, time, unitsBy(movements, place, time, 'onHand')]).toEqual([place, time, goods - gone]);
          }
        }
      }),
      { numRuns: 80 },
    );
  });

  // Two sales of one order at 13 and 15, posted by the ERP at 14 and 20, and a figure as of 14. The later posting arrives first.
  it('say the moment between two sales of one order whose postings arrive in reverse', () => {
    const { world, movements } = watched(['BER'], null);
    for (const step of REVERSED_POSTINGS) act(world, step);
    deliverAll(world, REVERSED_POSTINGS);
    expect(unitsBy(movements, 'BER', 14, 'onHand')).toBe(22);
  });
});
