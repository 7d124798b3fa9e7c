import { setTimeout as sleep } from 'node:timers/promises';
import { TOPICS } from '@holdfast/contracts';
import { ingestionService } from '@holdfast/ingestion';
import pg from 'pg';
import type { Bench, BenchOptions } from '../bench.js';
import { Durations } from '../measure/durations.js';
import { figuresOf, type Figures } from '../measure/figures.js';
import { interleave } from '../measure/interleave.js';
import { comparison, figure, type BenchReport } from '../report.js';
import { openEngines, type Engines } from '../surroundings/engines.js';
import { ERP_CONNECTION, ERP_WAREHOUSE, levelMessage } from '../surroundings/erp-messages.js';
import { TENANT } from '../surroundings/stock.js';

const SKUS = 5_000;
const FIGURES_A_SKU = 4;
const MESSAGES = SKUS * FIGURES_A_SKU;
const BATCH = 500;
const PUBLISHED_AT_ONCE = 5_000;

export const ingestion: Bench = { name: 'ingestion', about: 'absolute figures in bulk against INSERT … ON CONFLICT with unnest', run };

const LEVELS = `
  create schema if not exists bench;
  create table if not exists bench.level (
    sku text not null, location text not null, units int not null, as_of timestamptz not null, primary key (sku, location))`;

const UPSERT = {
  name: 'bench_levels',
  text: `
    insert into bench.level as known (sku, location, units, as_of)
    select * from unnest($1::text[], $2::text[], $3::int[], $4::timestamptz[])
    on conflict (sku, location) do update set units = excluded.units, as_of = excluded.as_of where known.as_of < excluded.as_of`,
};

async function run({ rounds, say }: BenchOptions): Promise<BenchReport> {
  const engines = await openEngines();
  const client = new pg.Client({ connectionString: engines.connectionString });
  try {
    await client.connect();
    await client.query(LEVELS);
    await connectErp(engines);
    const measured = await interleave({
      rounds,
      seconds: 0,
      warmUpSeconds: 0,
      baseline: { prepare: () => Promise.resolve(), run: (round) => upsertAll(client, round) },
      holdfast: { prepare: (round) => publishAll(engines, round), run: (round) => takeIn(engines, round) },
      onRound: ({ baseline, holdfast, ratio }, number) => {
        say(
          `ingestion ${String(number)}/${String(rounds)}: SQL ${figure(baseline.perSecond)}/s, Holdfast ${figure(holdfast.perSecond)}/s, ${figure(ratio)}×`,
        );
      },
    });
    return comparison({
      name: 'ingestion',
      baseline: `INSERT … ON CONFLICT with unnest, ${String(BATCH)} rows at once`,
      holdfast: 'messages on erp.stock.v1 to events in the ledger',
      rounds: measured,
      leastRatio: 0.5,
      notes: [
        `${String(MESSAGES)} figures of ${String(SKUS)} SKUs a round, all on the topic before the service starts; p50 and p99 are of the whole round.`,
        'Holdfast reads, checks and recognises repeats of messages and keeps an event of each; the baseline is handed arrays and keeps the last figure.',
      ],
    });
  } finally {
    await client.end();
    await engines.stop();
  }
}

const skuOf = (index: number): string => `LEVEL-${String(index % SKUS)}`;
/** Every figure is newer than the one before it. */
const asOf = (round: number, index: number): number => Date.UTC(2026, 0, 1) + (round * MESSAGES + index) * 10;
const quantityOf = (round: number, index: number): number => 100 + round * FIGURES_A_SKU + Math.floor(index / SKUS);

async function connectErp({ runtime }: Engines): Promise<void> {
  // Makes the tables.
  await (await ingestionService.start(runtime)).stop();
  const { pool } = runtime.database;
  await pool.query(`insert into ingestion.connections (tenant, id, name, system, auto_map) values ($1, $2, 'bench', 'custom', false)`, [
    TENANT,
    ERP_CONNECTION,
  ]);
  await pool.query(
    `insert into ingestion.warehouse_mappings (tenant, connection_id, warehouse_id, location_id) values ($1, $2, $3, 'MAIN')`,
    [TENANT, ERP_CONNECTION, ERP_WAREHOUSE],
  );
  await pool.query('insert into ingestion.routing_versions (tenant, version) values ($1, 1)', [TENANT]);
}

async function publishAll({ runtime }: Engines, round: number): Promise<void> {
  const messages = Array.from({ length: MESSAGES }, (_none, index) =>
    levelMessage(TENANT, `${String(round)}-${String(index)}`, skuOf(index), quantityOf(round, index), asOf(round, index)),
  );
  for (let from = 0; from < MESSAGES; from += PUBLISHED_AT_ONCE) {
    await runtime.bus.publish(TOPICS.erpStock.name, messages.slice(from, from + PUBLISHED_AT_ONCE));
  }
}

/** Until every message is in the inbox, which happens after its event was stored. */
async function takeIn({ runtime }: Engines, round: number): Promise<Figures> {
  const taken = async (): Promise<number> => {
    const { rows } = await runtime.database.pool.query<{ count: string }>('select count(*) from ingestion.inbox');
    return Number(rows[0]?.count);
  };
  const began = performance.now();
  const service = await ingestionService.start(runtime);
  while ((await taken()) < (round + 1) * MESSAGES) await sleep(20);
  const tookMs = performance.now() - began;
  await service.stop();
  return whole(tookMs);
}

async function upsertAll(client: pg.Client, round: number): Promise<Figures> {
  const began = performance.now();
  for (let from = 0; from < MESSAGES; from += BATCH) {
    const indices = Array.from({ length: BATCH }, (_none, offset) => from + offset);
    const units = indices.map((index) => quantityOf(round, index));
    const times = indices.map((index) => new Date(asOf(round, index)));
    await client.query({ ...UPSERT, values: [indices.map(skuOf), indices.map(() => 'MAIN'), units, times] });
  }
  return whole(performance.now() - began);
}

function whole(tookMs: number): Figures {
  const durations = new Durations();
  durations.add(tookMs);
  return { ...figuresOf(durations, 1), perSecond: MESSAGES / (tookMs / 1_000) };
}
