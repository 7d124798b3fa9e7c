import fc from 'fast-check';
import { LotYard } from '../../../test/lot-yard.js';

/** `npm run test:deep` asks for more. */
const RUNS = Number(process.env['MODEL_RUNS'] ?? 300);
const MOST_COMMANDS = 60;
const PATIENCE_MS = 600_000 + RUNS * 60;

type Model = Readonly<Record<string, never>>;

/** One command, decided by the decider and by the plain model alike. */
class Step implements fc.Command<Model, LotYard> {
  constructor(
    private readonly name: string,
    private readonly act: (world: LotYard) => void,
  ) {}

  check(): boolean {
    return true;
  }

  run(_: Model, world: LotYard): void {
    world.now += 1;
    this.act(world);
    world.agrees();
  }

  toString(): string {
    return this.name;
  }
}

const step = <Given extends readonly unknown[]>(
  name: string,
  given: { [Index in keyof Given]: fc.Arbitrary<Given[Index]> },
  act: (world: LotYard, ...given: Given) => void,
): fc.Arbitrary<Step> =>
  fc
    .tuple<Given[number][]>(...(given as unknown as fc.Arbitrary<Given[number]>[]))
    .map((values) => new Step(`${name}(${values.map(String).join(', ')})`, (world) => act(world, ...(values as unknown as Given))));

const place = fc.constantFrom('BER', 'HAM');
const anywhere = fc.option(place, { nil: undefined, freq: 3 });
const units = fc.integer({ min: 1, max: 6 });
const some = fc.option(units, { nil: undefined, freq: 2 });
const pick = fc.nat(40);
const flag = fc.boolean();
const bin = fc.constantFrom('', '', 'X', 'Y');
/** How long something lasts from now on. */
const life = fc.integer({ min: 1, max: 40 });
const lot = fc.constantFrom('A', 'B', 'C');
const lotOrNone = fc.option(lot, { nil: undefined, freq: 3 });

const reservation = (world: LotYard, at: number): string => world.reservationIds[at % Math.max(1, world.reservationIds.length)] ?? '';
/** Sometimes one that was split or renamed. */
const known = (world: LotYard, at: number): string => [...world.model.names.keys()][at % Math.max(1, world.model.names.size)] ?? 'A';
/** Where every unit needs a lot, none is put into a bin without one. */
const binFor = (world: LotYard, lotId: string | undefined, asked: string): string =>
  lotId === undefined && world.model.control === 'required' ? '' : asked;

const steps = [
  step('receive', [place, lotOrNone, bin, units, life], (world, at, lotId, asked, quantity, lasts) =>
    world.receive(at, lotId, binFor(world, lotId, asked), quantity, world.now + lasts),
  ),
  step('receive without a date', [place, lot, units], (world, at, lotId, quantity) => world.receive(at, lotId, '', quantity, undefined)),
  step('find', [place, lotOrNone, bin, units], (world, at, lotId, asked, found) =>
    world.adjust(at, lotId, binFor(world, lotId, asked), found, false),
  ),
  step('lose', [place, lotOrNone, bin, units, flag], (world, at, lotId, asked, lost, whatever) =>
    world.adjust(at, lotId, asked, -lost, whatever),
  ),
  step('reserve', [place, units, life], (world, at, quantity, ttlMs) => world.reserve(at, quantity, ttlMs)),
  step('reserve once more', [place, units, life], (world, at, quantity, ttlMs) => world.reserve(at, quantity, ttlMs)),
  step('commit', [pick, units], (world, at, quantity) => world.commit(reservation(world, at), quantity, undefined, false)),
  step('commit whatever is held', [pick, units], (world, at, quantity) => world.commit(reservation(world, at), quantity, undefined, true)),
  step('commit of a lot', [pick, units, pick], (world, at, quantity, of) =>
    world.commit(reservation(world, at), quantity, known(world, of), false),
  ),
  step('reverse', [pick], (world, at) => world.reverse(at)),
  step('release', [pick], (world, at) => world.release(reservation(world, at))),
  step('hold', [anywhere, lotOrNone, flag], (world, at, lotId, recall) => world.hold(at, lotId, undefined, recall ? 'recall' : 'quality')),
  step('hold some', [place, lotOrNone, units, flag], (world, at, lotId, quantity, recall) =>
    world.hold(at, lotId, quantity, recall ? 'recall' : 'quality'),
  ),
  step('mark a part', [place, pick, units], (world, at, of, quantity) => world.markPart(at, known(world, of), quantity)),
  step('unhold', [pick, some, flag], (world, at, part, scrap) => world.unhold(at, part, scrap)),
  step('unhold all', [pick], (world, at) => world.unhold(at, undefined, false)),
  step('control', [fc.constantFrom('none', 'optional', 'required')], (world, control) => world.control(control)),
  step('rename', [pick], (world, of) => world.rename(known(world, of))),
  step('redate', [pick, fc.integer({ min: -5, max: 40 })], (world, of, lasts) => world.redate(known(world, of), world.now + lasts)),
  step(
    'correct',
    [fc.constantFrom('assign', 'reassign', 'split', 'merge'), place, pick, pick, units, life],
    (world, kind, at, from, to, n, lasts) => world.correct(kind, at, known(world, from), known(world, to), n, world.now + lasts),
  ),
  step('rebin', [place, lotOrNone, bin, bin, units], (world, at, lotId, from, to, quantity) => world.rebin(at, lotId, from, to, quantity)),
  step('settle', [place], (world, at) => world.settle(at)),
  step('record', [place, lotOrNone, bin, fc.nat(6), life, fc.boolean()], (world, at, lotId, asked, quantity, lasts, complete) =>
    world.record(at, lotId, binFor(world, lotId, asked), quantity, world.now + lasts, complete && quantity % 3 === 0),
  ),
  step('count', [place, lotOrNone, bin, fc.integer({ min: -4, max: 4 }), life], (world, at, lotId, asked, delta, lasts) =>
    world.count(at, lotId, binFor(world, lotId, asked), delta, world.now + lasts),
  ),
  step('send', [place, units, flag], (world, at, quantity, isTransfer) => world.send(at, undefined, quantity, false, isTransfer)),
  step('send of a lot', [place, pick, units, flag, flag], (world, at, of, quantity, whatever, isTransfer) =>
    world.send(at, known(world, of), quantity, whatever, isTransfer),
  ),
  step(
    'arrive',
    [pick, fc.constantFrom('received', 'received', 'received', 'returned', 'lost'), units, fc.nat(2)],
    (world, at, way, n, unfit) => world.arrive(at, way, n, unfit),
  ),
  step('write down what is expired', [], (world) => void world.ask('ExpireLots', {})),
  step('snapshot', [], (world) => world.snapshot()),
  step('wait', [life], (world, ms) => {
    world.now += ms;
  }),
];

describe('lots of one SKU against a plain model', () => {
  it(
    `are where the plain model has them after every command of ${RUNS} runs, held once, never sold twice, nor sold expired or held`,
    () => {
      let checks = 0;
      fc.assert(
        fc.property(fc.commands(steps, { maxCommands: MOST_COMMANDS, size: 'max' }), (commands) => {
          const real = new LotYard();
          fc.modelRun(() => ({ model: {}, real }), commands);
          checks += real.checks;
        }),
        { numRuns: RUNS },
      );
      process.stdout.write(`${RUNS} runs of the model of lots: the invariants were checked after each of ${checks} events\n`);
      expect(checks).toBeGreaterThan(RUNS);
    },
    PATIENCE_MS,
  );
});
