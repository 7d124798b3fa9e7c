import fc from 'fast-check';
import { NO_USE } from './daily-use.js';
import { decideReplenishment } from './decide.js';
import { replenishmentId } from './open-orders.js';
import type { ReplenishmentRule } from './rule.js';
import { evolveReplenishment, initialReplenishment, type ReplenishmentState } from './state.js';
import { NO_REQUESTS } from './stock-figures.js';

const RUNS = Math.ceil(Number(process.env['MODEL_RUNS'] ?? 1_000) / 5);

/** A location whose goods are counted by hand: what lies there and what is announced to it. */
interface World {
  state: ReplenishmentState;
  onHand: number;
  readonly announced: Map<string, number>;
  commands: number;
}

type Step = (world: World) => void;

function decide(world: World, command: object): readonly string[] {
  world.commands += 1;
  const stamped = { at: 1_000, commandId: `c${world.commands}`, by: 'anybody', ...command };
  const decision = decideReplenishment(world.state, stamped as Parameters<typeof decideReplenishment>[1]);
  if (decision.kind === 'refused') return [decision.code];
  for (const event of decision.events) world.state = evolveReplenishment(world.state, event, 1_000);
  return [];
}

/** What a run reads: the version of the rule first, then the stock. */
const reading = ({ state, onHand, announced }: World) => ({
  version: state.version,
  stock: { onHand, held: 0, reserved: 0, waiting: 0, inbound: [...announced.values()].reduce((sum, units) => sum + units, 0) },
  requests: NO_REQUESTS,
  use: NO_USE,
  visibleOrderIds: [...announced.keys()],
});

const run = (world: World, seen = reading(world)): readonly string[] =>
  decide(world, { type: 'EvaluateReplenishment', orderId: replenishmentId(`r${world.commands}`), ...seen });

const approved = (world: World) => world.state.orders.filter(({ status }) => status === 'approved');

const steps = fc.array(
  fc.oneof(
    fc.constant<Step>((world) => void run(world)),
    // Two runs that read the same.
    fc.constant<Step>((world) => {
      const seen = reading(world);
      run(world, seen);
      run(world, seen);
    }),
    // A driver announces, and may stop before it reports.
    fc.boolean().map((reports): Step => (world) => {
      const [order] = approved(world);
      if (order === undefined) return;
      world.announced.set(order.orderId, order.quantity);
      if (reports) decide(world, { type: 'ReportReplenishment', orderId: order.orderId, became: 'ordered' });
    }),
    // An order is announced between the reading and the decision of a run.
    fc.constant<Step>((world) => {
      const seen = reading(world);
      const [order] = approved(world);
      if (order !== undefined) {
        world.announced.set(order.orderId, order.quantity);
        decide(world, { type: 'ReportReplenishment', orderId: order.orderId, became: 'ordered' });
      }
      run(world, seen);
    }),
    // Goods arrive, and the order is received.
    fc.constant<Step>((world) => {
      const [first] = world.announced;
      if (first === undefined) return;
      const [orderId, units] = first;
      decide(world, { type: 'ReportReplenishment', orderId, became: 'ordered' });
      world.announced.delete(orderId);
      world.onHand += units;
      decide(world, { type: 'ReportReplenishment', orderId, became: 'received' });
    }),
    fc.integer({ min: 1, max: 30 }).map((units): Step => (world) => {
      world.onHand -= Math.min(units, Math.max(0, world.onHand));
    }),
  ),
  { maxLength: 40 },
);

const rules = fc
  .record({
    min: fc.integer({ min: 0, max: 50 }),
    above: fc.integer({ min: 0, max: 50 }),
    packSize: fc.integer({ min: 1, max: 24 }),
    minOrderQuantity: fc.integer({ min: 0, max: 60 }),
  })
  .map(({ min, above, packSize, minOrderQuantity }): ReplenishmentRule => ({
    method: 'min_max',
    min,
    max: min + above,
    packSize,
    minOrderQuantity,
    leadTimeDays: 0,
    leadTimeStdDays: 0,
    serviceLevel: 0.95,
    source: { kind: 'purchase' },
    mode: 'auto',
  }));

describe('automatic orders', () => {
  it('never bring the position above the target plus a pack or the minimum, whatever runs and drivers do', () => {
    let orders = 0;
    fc.assert(
      fc.property(rules, steps, (rule, taken) => {
        const world: World = { state: initialReplenishment(), onHand: 0, announced: new Map(), commands: 0 };
        decide(world, { type: 'SetReplenishmentRule', sku: 'CUP', locationId: 'BER', rule });
        const most = (rule.max ?? 0) + Math.max(rule.packSize, rule.minOrderQuantity + rule.packSize - 1);
        for (const step of [...taken, (last: World) => void run(last)]) {
          step(world);
          const open = approved(world).reduce((sum, { orderId, quantity }) => sum + (world.announced.has(orderId) ? 0 : quantity), 0);
          const announced = [...world.announced.values()].reduce((sum, units) => sum + units, 0);
          expect(world.onHand + announced + open).toBeLessThanOrEqual(most);
        }
        orders += world.state.orders.length;
      }),
      { numRuns: RUNS },
    );
    expect(orders).toBeGreaterThan(RUNS / 2);
  });
});
