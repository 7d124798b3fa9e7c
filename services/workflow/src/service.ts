import { ProcessTable } from '@holdfast/kit';
import { connectBus } from '@holdfast/messaging';
import { createServiceApp } from '@holdfast/platform';
import { startUpkeep, type Runtime, type RunningService, type ServiceDefinition } from '@holdfast/runtime';
import { AlertList, trimAlerts } from './alerts/alert-list.js';
import { LowStockView } from './alerts/low-stock.js';
import { StockWatch } from './alerts/stock-watch.js';
import { keepTelling } from './alerts/waiting-alerts.js';
import { thresholdFollower } from './alerts/thresholds.js';
import { workflowSchema } from './database/schema.js';
import { followEvents } from './following/follow-events.js';
import { KnownLocations } from '@holdfast/ledger';
import { OutboxPublisher } from './outbox/outbox-publisher.js';
import { ReallocationService } from './reallocation/reallocation.service.js';
import { SkuSteps } from './transfers/sku-steps.js';
import { TransferListPosition } from './transfers/transfer-list-position.js';
import { TransferProcess } from './transfers/transfer-process.js';
import { transferFollower } from './transfers/transfer-rows.js';
import { PROCESS_TABLE, TRANSFER_KIND, TRANSFER_TIMES, transferWatch } from './transfers/transfer-watch.js';
import { TransferStreams } from './transfers/transfer-streams.js';
import { TransfersService } from './transfers/transfers.service.js';
import { WorkflowModule } from './workflow.module.js';

const NAME = 'workflow';
const BATCH_MESSAGES = 500;
const TRIM_ALERTS_MS = 300_000;

async function start(runtime: Runtime): Promise<RunningService> {
  const { config, logger, metrics, health, idempotency, clock, bus, database, eventStore, ledger } = runtime;
  const { pool } = database;
  const now = (): number => clock.now();
  const warn = (what: string) => (error: unknown) => logger.warn({ err: error }, what);
  const source = await database.open(workflowSchema);

  const publisher = new OutboxPublisher(pool, bus, warn('alerts could not be published and are published again'));
  publisher.start();
  const wake = (): void => publisher.nudge();
  const thresholds = await followEvents(
    pool,
    eventStore,
    thresholdFollower(wake, now),
    now,
    warn('thresholds could not be followed for a moment'),
  );
  const transferList = await followEvents(pool, eventStore, transferFollower, now, warn('transfers could not be followed for a moment'));

  const streams = new TransferStreams(eventStore);
  const processes = new ProcessTable(pool, PROCESS_TABLE, TRANSFER_KIND, TRANSFER_TIMES);
  const process = new TransferProcess(streams, new SkuSteps(ledger, now), processes, now);
  const watch = transferWatch(pool, process, now, warn('a transfer could not be finished and is tried again'));
  const upkeep = startUpkeep(runtime, [watch, { name: 'alerts', everyMs: TRIM_ALERTS_MS, run: () => trimAlerts(pool) }]);

  const stockWatch = new StockWatch(pool, wake, now, ({ tenant, sku }, error) =>
    logger.error({ err: error, tenant, sku }, 'an ATP figure cannot be stored and is left out'),
  );
  const stopTelling = keepTelling(stockWatch, warn('alerts that wait could not be told for a moment'));
  const locations = new KnownLocations(eventStore);
  const module = WorkflowModule.of({
    transfers: new TransfersService(streams, process, ledger, locations, source),
    listed: new TransferListPosition(() => transferList.position()),
    reallocation: new ReallocationService(ledger, locations),
    lowStock: new LowStockView(pool),
    alerts: new AlertList(pool),
    watch: stockWatch,
  });
  const app = await createServiceApp({ name: NAME, module, logger, config, metrics, health, idempotency, clock });
  connectBus(app, { bus, group: NAME, batchSize: BATCH_MESSAGES, onFault: warn('ATP could not be taken and is taken again') });
  await app.startAllMicroservices();
  return {
    app,
    stop: async () => {
      await app.close();
      await upkeep.stop();
      await stopTelling();
      await streams.drain();
      await Promise.all([thresholds.stop(), transferList.stop()]);
      await publisher.stop();
    },
  };
}

export const workflowService: ServiceDefinition = { name: NAME, start };
