import { randomUUID } from 'node:crypto';
import type { LocationDirectory } from '@holdfast/ledger';
import type { Runtime } from '@holdfast/runtime';
import { ChannelDirectory } from './directories/channel-directory.js';
import type { OrderEnvironment } from './orders/environment.js';
import { HoldHistory } from './orders/hold-history.js';
import { OrderStreams } from './orders/order-streams.js';
import { Orders } from './orders/orders.js';
import { Forgotten, type ReservationTable } from './reservations/forgotten.js';
import { readModelTable } from './reservations/read-model-table.js';
import { Reservations } from './reservations/reservations.js';
import { InboundSupply } from './reservations/inbound-supply.js';
import { SkuLimitSettings } from './reservations/sku-limit-settings.js';
import { SingleSku } from './reservations/single-sku.js';
import { systemTimers, type Timers } from '@holdfast/kit';
import { Acting } from './watch/acting.js';
import type { CheckpointStore } from './watch/checkpoint.js';
import { PostgresCheckpoint } from './watch/postgres-checkpoint.js';
import { Watch } from './watch/watch.js';

/** Time and chance beside the runtime's clock, so that a simulator can put its own in. */
export interface Surroundings {
  readonly timers: Timers;
  readonly random: () => number;
  readonly newId: () => string;
}

export const systemSurroundings: Surroundings = { timers: systemTimers, random: Math.random, newId: randomUUID };

/** What the service keeps and reads beside the event store. All of it can be made again from the log. */
export interface ReservationStorage {
  readonly checkpoint: CheckpointStore;
  readonly table: ReservationTable;
}

export const postgresStorage = ({ clock, database }: Pick<Runtime, 'clock' | 'database'>): ReservationStorage => ({
  checkpoint: new PostgresCheckpoint(database.pool),
  table: readModelTable(database.pool, clock),
});

/** Everything the service consists of, put together in one place. */
export interface ReservationParts {
  readonly reservations: Reservations;
  readonly orders: Orders;
  readonly watch: Watch;
  readonly limits: SkuLimitSettings;
  readonly inbound: InboundSupply;
}

export function reservationParts(
  runtime: Pick<Runtime, 'clock' | 'eventStore' | 'ledger' | 'logger' | 'metrics'>,
  locations: Pick<LocationDirectory, 'list' | 'exists'>,
  { timers, random, newId }: Surroundings,
  storage: ReservationStorage,
): ReservationParts {
  const { clock, eventStore, ledger, logger, metrics } = runtime;
  const sources = (tenant: string): ReturnType<LocationDirectory['list']> => locations.list(tenant);
  const history = new HoldHistory(eventStore);
  const streams = new OrderStreams(eventStore);
  const env: OrderEnvironment = { ledger, streams, history, clock, timers, random, newId, sources };
  const orders = new Orders(env);

  const forgotten = new Forgotten(storage.table, history, clock);
  const channels = new ChannelDirectory(eventStore, clock);
  const directory = {
    hasLocation: (tenant: string, locationId: string) => locations.exists(tenant, locationId),
    channel: (tenant: string, channelId: string) => channels.find(tenant, channelId),
  };
  const reservations = new Reservations(new SingleSku(ledger, forgotten, clock, sources), orders, directory, clock);

  const limits = new SkuLimitSettings(ledger, async (tenant, channelId) => (await channels.find(tenant, channelId)) !== undefined, clock);

  const late = metrics.histogram(
    'holdfast_reservation_expiry_late_seconds',
    'From the time at which a hold ran out to the event that says so.',
  );
  const open = metrics.gauge('holdfast_reservation_open', 'Holds and orders that have not ended.');
  const acting = new Acting(env, orders, (lateMs) => late.observe(Math.max(0, lateMs) / 1_000));
  const watch = new Watch({
    eventStore,
    checkpoint: storage.checkpoint,
    clock,
    timers,
    act: (item) => acting.on(item),
    onFault: (error, doing) => logger.warn({ err: error, doing }, 'the watch over reservations had a fault and goes on'),
    onSize: (size) => open.set(size),
  });
  const inbound = new InboundSupply(ledger, directory.hasLocation, clock);
  return { reservations, orders, watch, limits, inbound };
}
