import fc from 'fast-check';
import type { PlainModel } from '../../test/plain-model.js';
import { ShopWorld } from '../../test/shop-world.js';

/** `npm run test:deep` asks for more. */
const RUNS = Number(process.env['MODEL_RUNS'] ?? 1_000);
const MOST_COMMANDS = 100;
const PATIENCE_MS = 600_000 + RUNS * 60;

/** One command: the plain model gives the expected answer, and the decider must match it. */
class Step implements fc.Command<PlainModel, ShopWorld> {
  constructor(
    private readonly name: string,
    private readonly act: (world: ShopWorld) => void,
    private readonly possible: (model: PlainModel) => boolean,
  ) {}

  check(model: Readonly<PlainModel>): boolean {
    return this.possible(model);
  }

  run(_: PlainModel, world: ShopWorld): void {
    world.now += 1;
    this.act(world);
    world.agrees();
  }

  toString(): string {
    return this.name;
  }
}

const units = fc.integer({ min: 1, max: 9 });
const pick = fc.nat(40);
const place = fc.constantFrom('BER', 'HAM', 'MUC');
const flag = fc.boolean();

const always = (): boolean => true;
const held = (model: PlainModel): boolean => model.reservations.size > 0;
const blocked = (model: PlainModel): boolean => model.labels.size > 0;
const travelling = (model: PlainModel): boolean => model.travelling.size > 0;

const step = <Given extends readonly unknown[]>(
  name: string,
  given: { [Index in keyof Given]: fc.Arbitrary<Given[Index]> },
  act: (world: ShopWorld, ...given: Given) => void,
  possible: (model: PlainModel) => boolean = always,
): fc.Arbitrary<Step> =>
  fc
    .tuple<Given[number][]>(...(given as unknown as fc.Arbitrary<Given[number]>[]))
    .map(
      (values) => new Step(`${name}(${values.map(String).join(', ')})`, (world) => act(world, ...(values as unknown as Given)), possible),
    );

const reservation = (world: ShopWorld, at: number): string => world.ids[at % Math.max(1, world.ids.length)] ?? 'nobody';

const steps = [
  step('record', [place, units], (world, at, counted) => world.record(at, counted * 2)),
  step('find', [place, units], (world, at, found) => world.adjust(at, found, false)),
  step('lose', [place, units, flag], (world, at, lost, whateverIsPromised) => world.adjust(at, -lost, whateverIsPromised)),
  step('find and lose', [place, place, units], (world, found, lost, most) => world.adjustBoth(found, lost, most)),
  step('reserve', [units, pick, flag], (world, quantity, ttlMs, partial) => world.reserve(quantity, ttlMs + 1, partial)),
  step('reserve once more', [units, pick], (world, quantity, ttlMs) => world.reserve(quantity, ttlMs + 1, false)),
  step('reserve at', [units, pick, flag, place], (world, quantity, ttlMs, partial, at) => world.reserve(quantity, ttlMs + 1, partial, at)),
  step('commit', [pick], (world, at) => world.commit(reservation(world, at), undefined), held),
  step('commit a part', [pick, units], (world, at, quantity) => world.commit(reservation(world, at), quantity), held),
  step('release', [pick], (world, at) => world.release(reservation(world, at))),
  step('release a part', [pick, units], (world, at, quantity) => world.releasePart(reservation(world, at), quantity), held),
  step('expire', [pick], (world, at) => world.expire(reservation(world, at))),
  step('extend', [pick, units], (world, at, ttlMs) => world.extend(reservation(world, at), ttlMs * 5), held),
  step('move', [place, place, units], (world, from, to, quantity) => world.move(from, to, quantity)),
  step('ship', [place, place, units], (world, from, to, quantity) => world.ship(from, to, quantity)),
  step('receive', [pick, units], (world, at, quantity) => world.receiveTransfer(at, quantity), travelling),
  step('return', [pick], (world, at) => world.returnTransfer(at), travelling),
  step('block', [place, units, flag], (world, at, quantity, whateverIsPromised) => world.block(at, quantity, whateverIsPromised)),
  step('block all', [fc.option(place, { nil: undefined, freq: 4 }), flag], (world, at, whateverIsPromised) =>
    world.block(at, undefined, whateverIsPromised),
  ),
  step('unblock', [pick, flag], (world, at, scrap) => world.unblock(at, undefined, scrap), blocked),
  step('unblock a part', [pick, units, flag], (world, at, quantity, scrap) => world.unblock(at, quantity, scrap), blocked),
  step('wait', [pick], (world, ms) => {
    world.now += ms;
  }),
];

describe('one SKU against a plain model', () => {
  it(
    `answers every command as the plain model does in ${RUNS} runs, keeps the invariants, survives a snapshot at any point, and repeats nothing`,
    () => {
      let checks = 0;
      fc.assert(
        fc.property(fc.commands(steps, { maxCommands: MOST_COMMANDS, size: 'max' }), (commands) => {
          const real = new ShopWorld();
          fc.modelRun(() => ({ model: real.model, real }), commands);
          checks += real.checks;
        }),
        { numRuns: RUNS },
      );
      process.stdout.write(`${RUNS} runs of the model: the invariants were checked after each of ${checks} events\n`);
      expect(checks).toBeGreaterThan(RUNS);
    },
    PATIENCE_MS,
  );
});
