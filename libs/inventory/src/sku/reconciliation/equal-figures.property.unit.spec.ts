import fc from 'fast-check';
import { ErpWorld } from '../../../test/erp-world.js';

const LAG = 12;

type Step = readonly [action: number, pick: number, units: number, place: number];

const steps = fc.array(fc.tuple(fc.nat(19), fc.nat(50), fc.integer({ min: 1, max: 6 }), fc.nat(2)), { minLength: 20, maxLength: 80 });
const locations = fc.constantFrom(['BER'], ['BER', 'HAM'], ['BER', 'HAM', 'MUC']);

/** A poller reads often, the ERP's own messages come late, twice and out of order beside it, and people count by hand. */
function act(world: ErpWorld, [action, pick, units, place]: Step): void {
  const here = world.locations[place % world.locations.length] ?? 'BER';
  world.tick();
  if (world.postingLagMs !== null) world.postSalesOlderThan(world.postingLagMs);
  switch (action) {
    case 0:
      return world.receipt(here, units + 3);
    case 1:
      return world.loss(here, units);
    case 2:
    case 3:
      return world.reserve(units, pick + 1);
    case 4:
    case 5:
      return world.commit(pick, units);
    case 6:
      return world.release(pick);
    case 7:
      return world.postSale(pick, units);
    case 8:
      return world.postSale(pick, units, here);
    case 9:
      return world.snapshot(here, pick % 9);
    case 10:
      return world.repeat(pick);
    case 11:
      return world.adjust(here, units, true);
    case 12:
      return world.adjust(here, units, false);
    case 13:
    case 14:
      return world.deliver(pick);
    default:
      return world.poll(here);
  }
}

/** All is posted and delivered; then the poller reads once more, later than the posting lag. */
function readToTheEnd(world: ErpWorld, picks: readonly number[]): void {
  world.settle(picks);
  for (let passed = 0; passed <= LAG; passed += 1) world.tick();
  for (const location of world.locations) world.poll(location);
}

describe('a poller that reports only figures that would come to something else', () => {
  let spared = 0;

  it.each([
    ['only issues tell what a figure contains', null],
    ['a posting lag tells what a figure contains', LAG],
    ['everything counts as posted at once', 0],
  ] as const)(
    'leaves out none that would change on hand, and both books are equal in the end, where %s',
    (_, lag) => {
      fc.assert(
        fc.property(locations, steps, (places, actions) => {
          const world = new ErpWorld(places, lag);
          for (const action of actions) act(world, action);
          readToTheEnd(
            world,
            actions.map(([, pick]) => pick),
          );
          for (const location of places) expect([location, world.onHand(location)]).toEqual([location, world.book(location)]);
          spared += world.spared;
        }),
        { numRuns: 100 },
      );
    },
    300_000,
  );

  it('spares some', () => expect(spared).toBeGreaterThan(100));
});
