import { connectBus } from '@holdfast/messaging';
import { createServiceApp } from '@holdfast/platform';
import { startUpkeep, type Runtime, type RunningService, type ServiceDefinition } from '@holdfast/runtime';
import { ChannelConnectorModule, type ConnectorParts } from './channel-connector.module.js';
import { TenantChannels } from './channels/tenant-channels.js';
import { ChannelTable } from './channels/channel-table.js';
import { ChannelsService } from './channels/channels.service.js';
import { channelsSchema } from './database/schema.js';
import { startDelivery } from './delivery/delivery.js';
import { DEFAULT_TIMINGS, type DeliveryTimings } from './delivery/timings.js';
import { HistoryService } from './history/history.service.js';
import { trimHistory } from './history/retention.js';
import { DesiredFigures } from './mappings/desired-figures.js';
import { MappingsService } from './mappings/mappings.service.js';
import { AcrossChannelsService } from './master/across-channels.js';
import { KnownLocations } from '@holdfast/ledger';
import { MasterService } from './master/master.service.js';
import { SyncService } from './sync/sync.service.js';

const NAME = 'channel-connector';
const BATCH_MESSAGES = 500;
const TRIM_HISTORY_MS = 300_000;

/** @param timings of the delivery to channels */
export const channelConnector = (timings: DeliveryTimings = DEFAULT_TIMINGS): ServiceDefinition => ({
  name: NAME,
  start: (runtime) => start(runtime, timings),
});

async function start(runtime: Runtime, timings: DeliveryTimings): Promise<RunningService> {
  const { config, logger, metrics, health, idempotency, clock, bus, database } = runtime;
  const source = await database.open(channelsSchema);
  const targets = { allowPrivateAddresses: config.webhooksToPrivateAddresses };
  const calls = metrics.counter('holdfast_channel_calls_total', 'Webhook calls to channels by outcome', ['outcome']);
  const told = metrics.counter('holdfast_channel_listings_told_total', 'Listings in webhook calls that were delivered');
  const delivery = startDelivery({
    pool: database.pool,
    timings,
    targets,
    now: () => clock.now(),
    observe: (outcome, listings) => {
      calls.labels(outcome).inc();
      if (outcome === 'delivered') told.inc(listings);
    },
    onFault: (error) => logger.warn({ err: error }, 'delivery to channels had a fault and goes on'),
  });
  const upkeep = startUpkeep(runtime, [{ name: 'channel_history', everyMs: TRIM_HISTORY_MS, run: () => trimHistory(database.pool) }]);

  const wake = (): void => delivery.nudge();
  const table = new ChannelTable(source, database.pool);
  const channels = new ChannelsService(new TenantChannels(runtime.eventStore), table, targets, wake);
  const history = new HistoryService(source);
  const sync = new SyncService(channels, table, database.pool, wake, timings.forcedPushDelayMs);
  const master = new MasterService(runtime.ledger, new KnownLocations(runtime.eventStore), history, sync);
  const parts: ConnectorParts = {
    channels,
    history,
    sync,
    master,
    mappings: new MappingsService(channels, source, database.pool, wake),
    across: new AcrossChannelsService(master, table, source),
    desired: new DesiredFigures(database.pool, wake, ({ tenant, sku }, error) =>
      logger.error({ err: error, tenant, sku }, 'a channel ATP figure cannot be stored and is left out'),
    ),
  };
  const app = await createServiceApp({
    name: NAME,
    module: ChannelConnectorModule.of(parts),
    logger,
    config,
    metrics,
    health,
    idempotency,
    clock,
  });
  connectBus(app, {
    bus,
    group: NAME,
    batchSize: BATCH_MESSAGES,
    onFault: (error) => logger.warn({ err: error }, 'channel ATP could not be taken and is taken again'),
  });
  await app.startAllMicroservices();
  return {
    app,
    stop: async () => {
      await app.close();
      await delivery.stop();
      await upkeep.stop();
    },
  };
}

export const channelConnectorService: ServiceDefinition = channelConnector();
