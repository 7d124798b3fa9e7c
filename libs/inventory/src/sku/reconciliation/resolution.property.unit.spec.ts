import fc from 'fast-check';
import { ErpWorld, sum } from '../../../test/erp-world.js';

const LAG = 12;

type Step = readonly [action: number, pick: number, units: number, place: number];

const steps = fc.array(fc.tuple(fc.nat(15), fc.nat(50), fc.integer({ min: 1, max: 6 }), fc.nat(2)), { minLength: 20, maxLength: 70 });
const locations = fc.constantFrom(['BER'], ['BER', 'HAM'], ['BER', 'HAM', 'MUC']);

interface Surroundings {
  /** The ERP may fulfil an order from elsewhere than it was sold from. */
  readonly elsewhere: boolean;
  readonly losses: boolean;
}

function act(world: ErpWorld, [action, pick, units, place]: Step, { elsewhere, losses }: Surroundings): void {
  const here = world.locations[place % world.locations.length] ?? 'BER';
  world.tick();
  if (world.postingLagMs !== null) world.postSalesOlderThan(world.postingLagMs);
  switch (action) {
    case 0:
    case 1:
      return world.receipt(here, units + 3);
    case 2:
    case 3:
      return world.reserve(units, pick + 1);
    case 4:
    case 5:
      return world.commit(pick, units);
    case 6:
      return world.release(pick);
    case 7:
    case 8:
      return world.postSale(pick, units, elsewhere ? here : undefined);
    case 9:
      return world.snapshot(here, pick % 9);
    case 10:
      return world.snapshot(here, 0);
    case 11:
      return world.repeat(pick);
    case 12:
      return losses ? world.loss(here, units) : world.deliver(pick);
    default:
      return world.deliver(pick);
  }
}

function equalsTheBook(world: ErpWorld): void {
  for (const location of world.locations) expect([location, world.onHand(location)]).toEqual([location, world.book(location)]);
}

const run = (name: string, lag: number | null, surroundings: Surroundings, after: (world: ErpWorld) => void): void => {
  it(
    name,
    () => {
      fc.assert(
        fc.property(locations, steps, (places, actions) => {
          const world = new ErpWorld(places, lag);
          for (const action of actions) {
            act(world, action, surroundings);
            after(world);
          }
          world.settle(actions.map(([, pick]) => pick));
          equalsTheBook(world);
          expect(world.auditor.state.issuedAhead.size).toBe(0);
        }),
        { numRuns: 300 },
      );
    },
    300_000,
  );
};

const perLocation = (world: ErpWorld): void => {
  for (const location of world.locations) {
    const found = world.onHand(location) + world.unacknowledged(location);
    expect([location, found]).toEqual([location, world.knownBook(location)]);
  }
};

const overall = (world: ErpWorld): void => {
  const found = sum(world.locations.map((location) => world.onHand(location) + world.unacknowledged(location)));
  expect(found).toBe(sum(world.locations.map((location) => world.knownBook(location))));
};

/** The goods there ever were, as the ERP's receipts say, less what was sold: more than that nobody may sell. */
const noSoldUnitComesBack = (world: ErpWorld): void => {
  const bought = sum(world.postings.filter(({ kind }) => kind === 'receipt').map(({ quantity }) => quantity));
  expect(sum(world.locations.map((location) => world.onHand(location)))).toBeLessThanOrEqual(bought - world.soldUnits);
};

describe('resolution of ERP figures, whatever the order of sales, postings and messages', () => {
  run(
    'on hand is the known book less unacknowledged sales at every step, and the book in the end',
    null,
    { elsewhere: false, losses: true },
    perLocation,
  );

  run('the same over all locations where the ERP fulfils from elsewhere', null, { elsewhere: true, losses: true }, overall);

  run('no sold unit comes back at any step', null, { elsewhere: true, losses: false }, noSoldUnitComesBack);

  run('nor where a posting lag tells what a figure contains', LAG, { elsewhere: false, losses: false }, noSoldUnitComesBack);
});
