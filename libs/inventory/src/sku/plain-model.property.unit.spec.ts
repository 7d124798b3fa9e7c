import fc from 'fast-check';
import { ShopWorld } from '../../test/shop-world.js';

type Step = readonly [action: number, pick: number, units: number, from: number, to: number, flag: boolean];

const steps = fc.array(fc.tuple(fc.nat(19), fc.nat(40), fc.integer({ min: 1, max: 9 }), fc.nat(2), fc.nat(2), fc.boolean()), {
  minLength: 15,
  maxLength: 60,
});

function act(world: ShopWorld, [action, pick, units, fromPick, toPick, flag]: Step): void {
  const from = world.locations[fromPick] ?? 'BER';
  const to = world.locations[toPick] ?? 'HAM';
  const id = world.ids[pick % Math.max(1, world.ids.length)] ?? 'nobody';
  switch (action) {
    case 0:
    case 1:
      return world.record(from, units * 2);
    case 2:
      return world.adjust(from, units, false);
    case 3:
      return world.adjust(from, -units, flag);
    case 4:
    case 5:
    case 6:
    case 7:
      return world.reserve(units, pick + 1, flag);
    case 8:
      return world.reserve(units, pick + 1, flag, from);
    case 9:
    case 10:
      return world.commit(id, flag ? undefined : units);
    case 11:
      return world.commit(id, 1);
    case 12:
      return world.release(id);
    case 13:
      return world.expire(id);
    case 14:
      return world.extend(id, units * 5);
    case 15:
      return world.move(from, to, units);
    case 16:
      return world.ship(from, to, units);
    case 17:
      return world.receiveTransfer(pick, units);
    case 18:
      return world.returnTransfer(pick);
    default:
      world.now += pick;
  }
}

describe('one SKU against counting on paper', () => {
  it('answers every command as the paper says, keeps the invariants, survives a snapshot at any point, and repeats nothing', () => {
    fc.assert(
      fc.property(steps, (actions) => {
        const world = new ShopWorld();
        for (const action of actions) {
          world.now += 1;
          act(world, action);
          world.agrees();
        }
      }),
      { numRuns: 300 },
    );
  }, 60_000);
});
