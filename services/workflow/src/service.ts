import { ProcessTable, type BackOff } from '@holdfast/kit';
import { connectBus } from '@holdfast/messaging';
import { createServiceApp } from '@holdfast/platform';
import { installAnalyticsAtStart } from '@holdfast/read-model';
import { startUpkeep, type Runtime, type RunningService, type ServiceDefinition } from '@holdfast/runtime';
import { openAdjustments } from './adjustments/adjustment-parts.js';
import { openAnalytics } from './analytics/analytics-parts.js';
import { openBinSale } from './bin-sale/bin-sale-parts.js';
import { BACK_OFF } from './alert-webhooks/limits.js';
import { openAlerts } from './alerts/alert-parts.js';
import { openCounts } from './counts/open-counts.js';
import { workflowSchema } from './database/schema.js';
import { followEvents } from './following/follow-events.js';
import { KnownLocations } from '@holdfast/ledger';
import { openHolds } from './holds/hold-parts.js';
import { openPutAway } from './put-away/put-away-parts.js';
import { openLots } from './lots/lot-parts.js';
import { OutboxPublisher } from './outbox/outbox-publisher.js';
import { ReallocationService } from './reallocation/reallocation.service.js';
import { openRequestUnits } from './requests/open-units.js';
import { RequestStreams } from './requests/process/request-streams.js';
import { ReturnedShipments } from './requests/process/returned-shipments.js';
import { StockList } from './requests/reports/stock-list.js';
import { openRequests } from './requests/request-parts.js';
import { startRebalancing } from './rebalancing/rebalancing.parts.js';
import { startReplenishment, USUAL_TIMES, type ReplenishmentTimes } from './replenishment/replenishment.parts.js';
import { BinChanges } from './transfers/bin-changes.js';
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

async function start(runtime: Runtime, backOff: BackOff, replenishmentTimes: ReplenishmentTimes): Promise<RunningService> {
  const { config, logger, metrics, health, idempotency, clock, bus, database, eventStore, ledger } = runtime;
  const { pool } = database;
  const now = (): number => clock.now();
  const warn = (what: string) => (error: unknown) => logger.warn({ err: error }, what);
  const source = await database.open(workflowSchema);
  await installAnalyticsAtStart(pool, (what, error) => logger.warn({ err: error }, what));

  const publisher = new OutboxPublisher(pool, bus, warn('alerts could not be published and are published again'));
  publisher.start();
  const transferList = await followEvents(pool, eventStore, transferFollower, now, warn('transfers could not be followed for a moment'));

  const locations = new KnownLocations(eventStore);
  const binSale = await openBinSale(runtime, warn);
  const putAway = await openPutAway(runtime, { locations, changed: binSale.look }, warn);
  const adjustments = await openAdjustments(runtime, locations, warn);
  const lots = await openLots(runtime, locations, warn);
  const holds = await openHolds(runtime, locations, warn);
  const analytics = await openAnalytics(runtime, locations, warn);

  const counts = await openCounts(runtime, { source, binFacts: putAway.parts.binFacts }, warn);
  const streams = new TransferStreams(eventStore);
  const processes = new ProcessTable(pool, PROCESS_TABLE, TRANSFER_KIND, TRANSFER_TIMES);
  const requestStreams = new RequestStreams(eventStore);
  const returned = new ReturnedShipments(requestStreams, now);
  const { binFacts: facts, binRoom: room } = putAway.parts;
  const bins = new BinChanges({ ledger, locations, facts, room, now });
  const process = new TransferProcess(
    streams,
    new SkuSteps(ledger, now, lots.calendar, locations),
    processes,
    now,
    (ref, state) => returned.tell(ref, state),
    bins,
  );
  const watch = transferWatch(pool, process, now, warn('a transfer could not be finished and is tried again'));
  const requests = await openRequests(runtime, { streams: requestStreams, transfers: { streams, process }, locations, warn });
  const requestUnits = openRequestUnits(pool);
  const transfers = new TransfersService(streams, process, ledger, locations, source, bins);
  const replenishment = await startReplenishment(runtime, {
    pool,
    transfers,
    transferStreams: streams,
    locations,
    requests: requestUnits,
    times: replenishmentTimes,
  });
  const rebalancing = await startRebalancing(runtime, {
    rules: replenishment.rules,
    transfers,
    transferStreams: streams,
    locations,
    lookMs: replenishmentTimes.lookMs,
    warn,
  });
  const alerts = await openAlerts(runtime, { locations, publisher, abc: counts.doors.abc, backOff, warn });
  const upkeep = startUpkeep(runtime, [
    watch,
    adjustments.watch,
    holds.watch,
    putAway.watch,
    putAway.claimWatch,
    binSale.watch,
    ...lots.chores,
    counts.watch,
    counts.proposals,
    ...requests.chores,
    ...replenishment.chores,
    ...rebalancing.chores,
    ...alerts.chores,
  ]);

  const module = WorkflowModule.of({
    transfers,
    listed: new TransferListPosition(() => transferList.position()),
    reallocation: new ReallocationService(ledger, locations, lots.calendar),
    ...alerts.parts,
    ...adjustments.parts,
    ...holds.parts,
    ...putAway.parts,
    ...lots.parts,
    ...counts.doors,
    ...requests.parts,
    stockList: new StockList(replenishment.rules, replenishment.runs, requestUnits),
    ...replenishment.doors,
    rebalancing: rebalancing.service,
    analytics: analytics.analytics,
  });
  const app = await createServiceApp({ name: NAME, module, logger, config, metrics, health, idempotency, clock });
  connectBus(app, { bus, group: NAME, batchSize: BATCH_MESSAGES, onFault: warn('ATP could not be taken and is taken again') });
  await app.startAllMicroservices();
  return {
    app,
    stop: async () => {
      await app.close();
      await upkeep.stop();
      await alerts.stop();
      await requests.stop();
      await streams.drain();
      await adjustments.stop();
      await holds.stop();
      await putAway.stop();
      await binSale.stop();
      await lots.stop();
      await analytics.stop();
      await counts.stop();
      await rebalancing.stop();
      await replenishment.stop();
      await transferList.stop();
      await publisher.stop();
    },
  };
}

/** @param backOff between attempts to send an alert to a webhook */
export const workflow = (backOff: BackOff = BACK_OFF, replenishmentTimes: ReplenishmentTimes = USUAL_TIMES): ServiceDefinition => ({
  name: NAME,
  start: (runtime) => start(runtime, backOff, replenishmentTimes),
});

export const workflowService: ServiceDefinition = workflow();
