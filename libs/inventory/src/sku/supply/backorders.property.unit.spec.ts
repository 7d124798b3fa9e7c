import fc from 'fast-check';
import { BackorderWorld } from '../../../test/backorder-world.js';

/** `npm run test:deep` asks for more. */
const RUNS = Math.ceil(Number(process.env['MODEL_RUNS'] ?? 1_000) / 5);
const PATIENCE_MS = 600_000 + RUNS * 60;

type Step = (world: BackorderWorld) => void;

const PLACES = ['BER', 'HAM'];
const place = fc.constantFrom(...PLACES);
const units = fc.integer({ min: 1, max: 6 });
const reference = fc.constantFrom('po-1', 'po-2', 'po-3', 'po-4');
const pick = fc.nat(30);

const orderAt = (world: BackorderWorld, at: number): string => {
  const ids = [...world.records.orders.keys()];
  return ids[at % Math.max(1, ids.length)] ?? 'nobody';
};

const declare = fc.tuple(reference, place, units, pick).map(([po, locationId, quantity, inMs]): Step => {
  return (world) =>
    world.ask({ type: 'DeclareInbound', reference: po, locationId, quantity: quantity * 4, expectedAt: world.records.now + inMs * 3 });
});
const cancel = reference.map(
  (po): Step =>
    (world) =>
      world.ask({ type: 'CancelInbound', reference: po }),
);
const reserve = fc.tuple(units, pick, fc.boolean(), fc.option(place, { nil: undefined, freq: 3 }), fc.integer({ min: 0, max: 9 })).map(
  ([quantity, ttlMs, partial, only, mood]): Step =>
    (world) =>
      world.reserve({ quantity, ttlMs: ttlMs + 1, backorder: mood > 1, partial, only }),
);
const receive = fc.tuple(place, units, fc.option(reference, { nil: undefined })).map(([locationId, quantity, named]): Step => {
  return (world) =>
    world.ask({
      type: 'ReceiveStock',
      locationId,
      quantity,
      effectiveAt: world.records.now,
      messageId: world.name('m'),
      ...(named === undefined ? {} : { inboundReference: named, documentId: named }),
    });
});
const record = fc.tuple(place, units).map(([locationId, counted]): Step => {
  return (world) => world.ask({ type: 'RecordStock', locationId, counted, effectiveAt: world.records.now, reasonCode: 'count' });
});
const move = fc.tuple(place, units).map(([from, quantity]): Step => (world) => {
  const to = PLACES.find((other) => other !== from) ?? from;
  world.ask({ type: 'MoveStock', fromLocationId: from, toLocationId: to, quantity, reference: world.name('move') });
});
const commit = pick.map(
  (at): Step =>
    (world) =>
      world.ask({ type: 'CommitReservation', reservationId: orderAt(world, at) }),
);
const release = pick.map(
  (at): Step =>
    (world) =>
      world.ask({ type: 'ReleaseReservation', reservationId: orderAt(world, at) }),
);
const expire = pick.map(
  (at): Step =>
    (world) =>
      world.ask({ type: 'ExpireReservation', reservationId: orderAt(world, at) }),
);
const extend = fc.tuple(pick, units).map(([at, ttlMs]): Step => {
  return (world) => world.ask({ type: 'ExtendReservation', reservationId: orderAt(world, at), ttlMs: ttlMs * 5 });
});
const wait = pick.map((ms): Step => (world) => {
  world.records.now += ms;
});

const steps = fc.array(
  fc.oneof(
    { weight: 4, arbitrary: declare },
    { weight: 1, arbitrary: cancel },
    { weight: 12, arbitrary: reserve },
    { weight: 3, arbitrary: receive },
    { weight: 1, arbitrary: record },
    { weight: 1, arbitrary: move },
    { weight: 2, arbitrary: commit },
    { weight: 2, arbitrary: release },
    { weight: 2, arbitrary: expire },
    { weight: 1, arbitrary: extend },
    { weight: 2, arbitrary: wait },
  ),
  { minLength: 5, maxLength: 60, size: 'max' },
);

function begin(mostWaiting: number, graceMs: number): BackorderWorld {
  const world = new BackorderWorld();
  world.ask({ type: 'RecordStock', locationId: 'BER', counted: 0, effectiveAt: 0, reasonCode: 'count' });
  world.ask({ type: 'SetLimits', allocations: [], backorders: { units: mostWaiting, graceMs } });
  Object.assign(world.records, { mostWaiting, graceMs });
  return world;
}

/** Everybody is served where enough comes, whatever happened before. */
function serveAll(world: BackorderWorld): void {
  for (const locationId of PLACES) {
    world.ask({ type: 'ReceiveStock', locationId, quantity: 1_000, effectiveAt: world.records.now, messageId: world.name('m') });
  }
  expect(world.records.queue()).toEqual([]);
  expect(world.auditor.state.supply?.waiters.size ?? 0).toBe(0);
  expect(world.auditor.state.supply?.waitingUnits ?? 0).toBe(0);
}

describe('back-orders against a plain model', () => {
  it(
    `are promised only what is to come, served in their order, never passed, and all end, in ${RUNS} runs`,
    () => {
      let promotions = 0;
      let waits = 0;
      fc.assert(
        fc.property(fc.integer({ min: 3, max: 30 }), fc.nat(40), steps, (mostWaiting, graceMs, taken) => {
          const world = begin(mostWaiting, graceMs);
          for (const step of taken) {
            world.records.now += 1;
            step(world);
          }
          serveAll(world);
          promotions += world.promotions;
          waits += world.waits;
        }),
        { numRuns: RUNS },
      );
      process.stdout.write(`${RUNS} runs of back-orders: ${waits} reservations waited, ${promotions} promotions\n`);
      expect(promotions).toBeGreaterThan(RUNS);
      expect(waits).toBeGreaterThan(RUNS);
    },
    PATIENCE_MS,
  );
});
