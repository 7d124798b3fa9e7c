import { randomUUID } from 'node:crypto';
import { availableParallelism } from 'node:os';
import { openLocationDirectory } from '@holdfast/ledger';
import { postgresStorage, reservationParts, reservationService, systemSurroundings } from '@holdfast/reservation';
import type { Bench, BenchOptions } from '../bench.js';
import { closedLoop } from '../measure/closed-loop.js';
import { interleave } from '../measure/interleave.js';
import { comparison, figure, type BenchReport } from '../report.js';
import { openEngines } from '../surroundings/engines.js';
import { SqlShop } from '../surroundings/sql-shop.js';
import { locationsOf, stockUp, TENANT } from '../surroundings/stock.js';

const CALLERS = 32;
const SKUS = 1_000;
const LINES = 5;
const UNITS = 100_000_000;
const TTL_MS = 900_000;

export const cart: Bench = { name: 'cart', about: 'orders of 5 SKUs, all or none, 32 callers', run };

async function run({ rounds, seconds, say }: BenchOptions): Promise<BenchReport> {
  const engines = await openEngines();
  const { runtime } = engines;
  const shop = await SqlShop.open(engines.connectionString);
  // The watch that ends what a crash leaves belongs to the work, so the service runs as it always does.
  const service = await reservationService.start(runtime);
  const locations = await openLocationDirectory(runtime.eventStore);
  const { reservations } = reservationParts(runtime, locations, systemSurroundings, postgresStorage(runtime));
  try {
    const measured = await interleave({
      rounds,
      seconds,
      warmUpSeconds: seconds,
      baseline: {
        prepare: () => shop.stock(SKUS, 1, UNITS),
        run: async (_round, lasting) => {
          const request = async (): Promise<void> => {
            const skus = someSkus();
            if (
              !(await shop.takeAll(
                skus,
                skus.map(() => 1),
              ))
            )
              throw new Error('the baseline ran out of stock');
          };
          const figures = await closedLoop({ callers: CALLERS, seconds: lasting, request });
          await shop.check();
          return figures;
        },
      },
      holdfast: {
        prepare: async (round) => {
          const names = Array.from({ length: SKUS }, (_none, index) => nameOf(index + 1));
          if (round === 0) await stockUp(runtime.ledger, names, locationsOf(1), UNITS);
        },
        run: (_round, lasting) =>
          closedLoop({
            callers: CALLERS,
            seconds: lasting,
            request: async () => {
              const commandId = randomUUID();
              await reservations.reserve({
                tenant: TENANT,
                orderId: `order-${commandId}`,
                lines: someSkus().map((sku) => ({ sku: nameOf(sku), quantity: 1 })),
                ttlMs: TTL_MS,
                partial: false,
                requestHash: commandId,
                commandId,
                context: { actor: 'bench' },
              });
            },
          }),
      },
      onRound: ({ baseline, holdfast, ratio }, number) => {
        say(
          `cart ${String(number)}/${String(rounds)}: SQL ${figure(baseline.perSecond)}/s, Holdfast ${figure(holdfast.perSecond)}/s, ${figure(ratio)}×`,
        );
      },
    });
    return comparison({
      name: 'cart',
      baseline: 'one SQL transaction, rows locked in order',
      holdfast: "the reservation service's process, called in process",
      rounds: measured,
      leastRatio: 1,
      notes: [
        `${String(CALLERS)} callers, ${String(LINES)} of ${String(SKUS)} SKUs each, ${String(seconds)} s a round`,
        `Load, Holdfast and Postgres share ${String(availableParallelism())} cores; fsync and synchronous_commit are on.`,
      ],
    });
  } finally {
    await locations.stop();
    await service.stop();
    await shop.close();
    await engines.stop();
  }
}

const nameOf = (sku: number): string => `CART-${String(sku)}`;

/** Different ones, in order. */
function someSkus(): number[] {
  const skus = new Set<number>();
  while (skus.size < LINES) skus.add(1 + Math.floor(Math.random() * SKUS));
  return [...skus].sort((a, b) => a - b);
}
