import { randomUUID } from 'node:crypto';
import { systemTimers, type Timers } from '@holdfast/kit';
import { connectBus } from '@holdfast/messaging';
import { createServiceApp } from '@holdfast/platform';
import { installAnalyticsAtStart } from '@holdfast/read-model';
import { startUpkeep, type Runtime, type RunningService, type ServiceDefinition } from '@holdfast/runtime';
import { AlertTable, DEFAULT_ALERT_BOUNDS, type AlertBounds } from './alerts/alert-table.js';
import { ChannelAlerts } from './alerts/channel-alerts.js';
import { Accounts, postgresShared } from './accounts/open-account.js';
import { sealOldCredentials } from './accounts/stored-account.js';
import type { Provider } from './providers/provider.js';
import { PROVIDERS, providersByName } from './providers/registry.js';
import { ChannelConnectorModule, type ConnectorParts } from './channel-connector.module.js';
import { TenantChannels } from './channels/tenant-channels.js';
import { ChannelTable } from './channels/channel-table.js';
import { ChannelsService } from './channels/channels.service.js';
import { channelsSchema } from './database/schema.js';
import { startDelivery } from './delivery/delivery.js';
import { postgresStore } from './delivery/store/postgres-store.js';
import { DEFAULT_TIMINGS, type DeliveryTimings } from './delivery/timings.js';
import { ChannelFigures } from './conflicts/channel-figure.js';
import { ConflictTable } from './conflicts/conflict-table.js';
import { ConflictsService } from './conflicts/conflicts.service.js';
import { Discovering } from './discovery/discovering.js';
import { DiscoveryService } from './discovery/discovery.service.js';
import { DiscoveryTable } from './discovery/discovery-table.js';
import { trimInbox } from './hooks/inbox.js';
import { startInbound } from './inbound.js';
import { OrdersView } from './orders/orders-view.js';
import { trimOrders } from './orders/retention.js';
import { HistoryService } from './history/history.service.js';
import { trimHistory } from './history/retention.js';
import { DesiredFigures } from './mappings/desired-figures.js';
import { MappingsService } from './mappings/mappings.service.js';
import { AcrossChannelsService } from './master/across-channels.js';
import { KeptStock } from './kept-stock/kept-stock.js';
import { KeptStockTable } from './kept-stock/kept-stock-table.js';
import { KnownLocations } from '@holdfast/ledger';
import { VendorClient } from '@holdfast/vendor-http';
import { MasterService } from './master/master.service.js';
import { DriftLedger } from './reconcile/drift-ledger.js';
import { ReconcileService } from './reconcile/reconcile.service.js';
import { Reconciling } from './reconcile/reconciling.js';
import { Treating } from './reconcile/treating.js';
import { SyncService } from './sync/sync.service.js';

const NAME = 'channel-connector';
const BATCH_MESSAGES = 500;
const TRIM_HISTORY_MS = 300_000;

/** @param timings of the delivery to channels @param kinds of channels @param bounds when a channel is worth an alert @param timers that pauses between calls go by */
export const channelConnector = (
  timings: DeliveryTimings = DEFAULT_TIMINGS,
  kinds: readonly Provider[] = PROVIDERS,
  bounds: AlertBounds = DEFAULT_ALERT_BOUNDS,
  timers: Timers = systemTimers,
): ServiceDefinition => ({
  name: NAME,
  start: (runtime) => start(runtime, { timings, kinds, bounds, timers }),
});

interface ConnectorOptions {
  readonly timings: DeliveryTimings;
  readonly kinds: readonly Provider[];
  readonly bounds: AlertBounds;
  readonly timers: Timers;
}

async function start(runtime: Runtime, { timings, kinds, bounds, timers }: ConnectorOptions): Promise<RunningService> {
  const { config, logger, metrics, health, idempotency, clock, bus, database } = runtime;
  const source = await database.open(channelsSchema);
  await installAnalyticsAtStart(database.pool, (what, error) => logger.warn({ err: error }, what));
  const { sealer } = runtime;
  if (sealer === undefined)
    throw new Error('HOLDFAST_SECRET_KEY is needed: it seals the credentials of channels; at least 32 random characters');
  await sealOldCredentials(database.pool, sealer);
  const providers = providersByName(kinds);
  const targets = { allowPrivateAddresses: config.webhooksToPrivateAddresses };
  const client = new VendorClient(targets, timings.callTimeoutMs);
  const accounts = new Accounts({ shared: postgresShared(database.pool), sealer, providers, client, now: () => clock.now(), timers });
  const calls = metrics.counter('holdfast_channel_calls_total', 'Calls that told channels figures, by what they said of the account', [
    'outcome',
  ]);
  const told = metrics.counter('holdfast_channel_listings_told_total', 'Listings that channels took');
  const delivery = startDelivery({
    store: postgresStore(database.pool, randomUUID(), timings),
    timings,
    timers,
    accounts,
    observe: (outcome, listings) => {
      calls.labels(outcome).inc();
      told.inc(listings);
    },
    onFault: (error) => logger.warn({ err: error }, 'delivery to channels had a fault and goes on'),
  });
  const wake = (): void => delivery.nudge();
  const table = new ChannelTable(source, database.pool);
  const discoveryTable = new DiscoveryTable(database.pool);
  const discovering = new Discovering({
    pool: database.pool,
    table: discoveryTable,
    channels: table,
    accounts,
    onFault: (error) => logger.warn({ err: error }, 'a discovery of listings had a fault and goes on later'),
  });
  const ledger = new DriftLedger(database.pool);
  const conflicts = new ConflictTable(database.pool);
  const tenantChannels = new TenantChannels(runtime.eventStore);
  const channelFigures = new ChannelFigures({ ledger: runtime.ledger, channels: tenantChannels, now: () => clock.now() });
  const treating = new Treating({
    pool: database.pool,
    ledger,
    conflicts,
    figures: channelFigures,
    waits: { settlesMs: timings.foreignEditSettlesMs, pollMs: timings.channelPollMs },
    wakeDelivery: wake,
  });
  const reconciles = new ReconcileService({
    pool: database.pool,
    channels: table,
    ledger,
    reconciling: new Reconciling({ pool: database.pool, accounts, treating }),
    kept: new KeptStock({
      accounts,
      table: new KeptStockTable(database.pool),
      ledger: runtime.ledger,
      channels: tenantChannels,
      now: () => clock.now(),
    }),
    now: () => clock.now(),
  });
  const alerts = new ChannelAlerts(new AlertTable(database.pool), bus, () => clock.now(), bounds);
  const upkeep = startUpkeep(runtime, [
    { name: 'channel_alerts', everyMs: timings.watchMs, run: () => alerts.look() },
    { name: 'channel_history', everyMs: TRIM_HISTORY_MS, run: () => trimHistory(database.pool) },
    { name: 'drift_ledger', everyMs: TRIM_HISTORY_MS, run: () => ledger.trim() },
    { name: 'channel_inbox', everyMs: TRIM_HISTORY_MS, run: () => trimInbox(database.pool, config.channelMessageDays) },
    { name: 'channel_orders', everyMs: TRIM_HISTORY_MS, run: () => trimOrders(database.pool, config.channelOrderDays) },
    discovering.chore(timings.watchMs),
    {
      name: 'reconciles',
      everyMs: timings.watchMs,
      run: (stopping) => reconciles.scheduled(timings.reconcileEveryMs, stopping),
    },
  ]);
  const comparing = { channels: table, treating };
  const inbound = await startInbound(runtime, { accounts, kinds, channels: tenantChannels, timings, comparing, wakeDelivery: wake });
  const channels = new ChannelsService(tenantChannels, table, {
    targets,
    sealer,
    providers,
    accounts,
    wakeDelivery: wake,
  });
  const history = new HistoryService(source);
  const sync = new SyncService(channels, table, database.pool, wake, timings.forcedPushDelayMs);
  const master = new MasterService(runtime.ledger, new KnownLocations(runtime.eventStore), history, sync);
  const wakeAll = (): void => {
    wake();
    inbound.nudge();
  };
  const mappings = new MappingsService(channels, source, database.pool, wakeAll, () => clock.now());
  const parts: ConnectorParts = {
    channels,
    history,
    sync,
    master,
    mappings,
    reconciles,
    conflicts: new ConflictsService({
      pool: database.pool,
      table: conflicts,
      channels: table,
      figures: channelFigures,
      wakeDelivery: wake,
    }),
    discoveries: new DiscoveryService(discoveryTable, discovering, table, mappings, accounts),
    hooks: inbound.hooks,
    orders: new OrdersView(database.pool),
    takingAgain: inbound.takingAgain,
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
      await inbound.stop();
      await delivery.stop();
      await discovering.stop();
      await upkeep.stop();
      await client.close();
    },
  };
}

export const channelConnectorService: ServiceDefinition = channelConnector();
