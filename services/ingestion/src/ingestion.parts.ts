import type { DataSource } from 'typeorm';
import type { ServiceCalls } from '@holdfast/forwarding';
import { LotCalendar, type LocationDirectory } from '@holdfast/ledger';
import { hasProductUnits, PositionGate, productUnits, rowsOnceThere, tablesIn, unitsInBins } from '@holdfast/read-model';
import type { Runtime } from '@holdfast/runtime';
import { VendorClient } from '@holdfast/vendor-http';
import { BulkProducts } from './catalogue/bulk-products.js';
import { LocationService } from './catalogue/location.service.js';
import { ProductService } from './catalogue/product.service.js';
import { DeadLetterCollector } from './dead-letters/collector.js';
import { DeadLetters } from './dead-letters/dead-letters.js';
import { Replay } from './dead-letters/replay.js';
import { ErpPublisher } from './erp-http/erp-publisher.js';
import type { ImportKind } from './imports/import-kind.js';
import { ImportTable } from './imports/import-table.js';
import { Importing } from './imports/importing.js';
import { ImportsService } from './imports/imports.service.js';
import { ReceivedFiles } from './imports/received-files.js';
import { Receiving } from './imports/receiving.js';
import { changedBy } from './imports/kinds/changed-by.js';
import { MappingLines } from './imports/kinds/mapping-lines.js';
import { OrderLineFiles } from './imports/kinds/order-lines.js';
import { LocationLines } from './imports/kinds/location-lines.js';
import { ProductLines } from './imports/kinds/product-lines.js';
import { BinCapacities } from './catalogue/bin-capacities.js';
import { StockLines } from './imports/kinds/stock-lines.js';
import { Inbox } from './intake/inbox.js';
import { Intake } from './intake/intake.js';
import { intakeMetrics } from './intake/intake-metrics.js';
import { LedgerWriter } from './intake/ledger-writer.js';
import { TenantLocations } from './locations/tenant-locations.js';
import { ChannelMappings } from './mappings/channel-mappings.js';
import { Demand } from './orders/demand.js';
import { OrderHolds } from './orders/order-holds.js';
import { OrderLines } from './orders/order-lines.js';
import { ParkedMessages } from './parking/parked-messages.js';
import { Unparking } from './parking/unparking.js';
import { ErpAccounts } from './pollers/connections/erp-accounts.js';
import { PollerTable } from './pollers/connections/poller-table.js';
import { PollersService } from './pollers/connections/pollers.service.js';
import { FigureTable } from './pollers/figures/figure-table.js';
import { LevelPublisher } from './pollers/figures/level-publisher.js';
import { Reappraisals } from './pollers/figures/reappraisals.js';
import { ERP_SYSTEMS, systemsByName } from './pollers/registry.js';
import { Polling } from './pollers/runs/polling.js';
import { Readings } from './pollers/runs/readings.js';
import { Silence } from './pollers/runs/silence.js';
import { RunTable } from './pollers/runs/run-table.js';
import { AutoMapping } from './routing/auto-mapping.js';
import { ConnectionsService } from './routing/connections.service.js';
import { RoutingCache } from './routing/routing-cache.js';
import { AdjustmentsService } from './stock/several/adjustments.service.js';
import { BulkStock } from './stock/bulk-stock.js';
import { StockService } from './stock/stock.service.js';

/** An ERP may take so long for a page of many thousand rows. */
const ERP_CALL_MS = 60_000;
/** The contents of bins are at most so old where they are asked for. */
const CONTENTS_WITHIN_MS = 5_000;

/** Everything the service consists of, put together in one place. */
export type IngestionParts = ReturnType<typeof ingestionParts>;

export function ingestionParts(
  { bus, clock, config, database: { pool }, eventStore, ledger, logger, metrics: registry, sealer }: Runtime,
  dataSource: DataSource,
  directory: LocationDirectory,
  connector?: ServiceCalls,
) {
  const metrics = intakeMetrics(registry);
  const inbox = new Inbox(pool);
  const locations = new TenantLocations(directory);
  const writer = new LedgerWriter(ledger, clock, new LotCalendar(locations), directory);
  const routing = new RoutingCache(pool);
  const pollerTable = new PollerTable(pool);
  const runTable = new RunTable(pool);
  const figures = new FigureTable(pool);
  const erpSystems = systemsByName(ERP_SYSTEMS);
  const targets = { allowPrivateAddresses: config.webhooksToPrivateAddresses };
  const erpClient = new VendorClient(targets, ERP_CALL_MS);
  const erpAccounts = new ErpAccounts({ systems: erpSystems, sealer, client: erpClient, now: () => clock.now() });
  const polling = new Polling({
    pool,
    pollers: pollerTable,
    runs: runTable,
    figures,
    accounts: erpAccounts,
    levels: new LevelPublisher({ bus, routing, figures, clock }),
    catalogue: {
      hasUnits: (tenant) => rowsOnceThere(hasProductUnits(tablesIn(pool), tenant), false),
      unitsOf: (tenant, skus) => rowsOnceThere(productUnits(tablesIn(pool), tenant, skus), new Map()),
    },
    onFault: (error) => logger.warn({ err: error }, 'a poll of an ERP had a fault and goes on later'),
  });
  const pollers = new PollersService({
    systems: erpSystems,
    sealer,
    targets,
    pollers: pollerTable,
    runs: runTable,
    accounts: erpAccounts,
    polling,
    routing,
    clock,
  });
  const connections = new ConnectionsService(dataSource, locations, pollers, () => unparking.kick('locations'));
  const autoMapping = new AutoMapping(locations, connections);

  const parked = new ParkedMessages(pool, dataSource);
  const unparking = new Unparking({ parked, writer, bus, autoMapping, metrics, logger, clock });
  const intake = new Intake({ bus, inbox, routing, autoMapping, writer, metrics, clock, onWaiting: () => unparking.kick() });

  const letters = new DeadLetters(pool, dataSource);
  const collector = new DeadLetterCollector(letters, metrics);
  const replay = new Replay(letters, bus, routing, clock);
  const erpPublisher = new ErpPublisher(bus, routing, clock);

  const stock = new StockService(ledger, locations, clock);
  const adjustments = new AdjustmentsService(ledger, locations, clock);
  const bulkStock = new BulkStock(stock, inbox);
  const products = new ProductService(ledger, locations, clock);
  const bulkProducts = new BulkProducts(products);
  const gate = new PositionGate(tablesIn(pool));
  const capacities = new BinCapacities({
    find: (tenant, locationId) => locations.find(tenant, locationId),
    upToDate: async () =>
      rowsOnceThere(
        gate.reach(await eventStore.head(), CONTENTS_WITHIN_MS).then((reached) => reached !== undefined),
        true,
      ),
    contents: (tenant, locationId, binIds) => rowsOnceThere(unitsInBins(tablesIn(pool), tenant, locationId, binIds), new Map()),
  });
  const locationService = new LocationService(locations, clock, capacities, () => unparking.kick('locations'));

  const unitsOf = async (tenant: string, sku: string) => (await ledger.read({ tenant, sku })).state.description.units ?? [];
  const orderLines = new OrderLines(pool);
  const importKinds = new Map(
    [
      new StockLines({ stock, locations, changedBy: changedBy(eventStore), unitsOf }),
      new ProductLines(ledger, products, locations),
      new LocationLines(locationService, locations),
      new OrderLineFiles({ lines: orderLines, holds: new OrderHolds(ledger, directory, clock), ledger, locations, clock }),
      ...(connector === undefined ? [] : [new MappingLines(new ChannelMappings(connector))]),
    ].map((kind): [string, ImportKind] => [kind.name, kind]),
  );
  const importTable = new ImportTable(pool);
  const importing = new Importing({
    pool,
    table: importTable,
    kinds: importKinds,
    onFault: (error) => logger.warn({ err: error }, 'an import had a fault and goes on later'),
  });
  const receivedFiles = new ReceivedFiles(pool);
  const imports = new ImportsService(pool, importTable, importing, new Receiving(receivedFiles), importKinds);

  return {
    inbox,
    erpClient,
    figures,
    polling,
    pollers,
    reappraisals: new Reappraisals(figures),
    runTable,
    silence: new Silence(pool, bus, () => clock.now()),
    readings: new Readings(pool, bus, () => clock.now()),
    connections,
    parked,
    unparking,
    intake,
    letters,
    collector,
    replay,
    erpPublisher,
    stock,
    adjustments,
    bulkStock,
    products,
    bulkProducts,
    locationService,
    importTable,
    orderLines,
    demand: new Demand(pool),
    receivedFiles,
    importing,
    imports,
  };
}
