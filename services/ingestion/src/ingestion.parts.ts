import type { DataSource } from 'typeorm';
import type { LocationDirectory } from '@holdfast/ledger';
import type { Runtime } from '@holdfast/runtime';
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
import { changedBy } from './imports/changed-by.js';
import { StockLines } from './imports/stock-lines.js';
import { Inbox } from './intake/inbox.js';
import { Intake } from './intake/intake.js';
import { intakeMetrics } from './intake/intake-metrics.js';
import { LedgerWriter } from './intake/ledger-writer.js';
import { TenantLocations } from './locations/tenant-locations.js';
import { ParkedMessages } from './parking/parked-messages.js';
import { Unparking } from './parking/unparking.js';
import { AutoMapping } from './routing/auto-mapping.js';
import { ConnectionsService } from './routing/connections.service.js';
import { RoutingCache } from './routing/routing-cache.js';
import { BulkStock } from './stock/bulk-stock.js';
import { StockService } from './stock/stock.service.js';

/** Everything the service consists of, put together in one place. */
export type IngestionParts = ReturnType<typeof ingestionParts>;

export function ingestionParts(
  { bus, clock, database: { pool }, eventStore, ledger, logger, metrics: registry }: Runtime,
  dataSource: DataSource,
  directory: LocationDirectory,
) {
  const metrics = intakeMetrics(registry);
  const writer = new LedgerWriter(ledger, clock);
  const inbox = new Inbox(pool);
  const locations = new TenantLocations(directory);
  const routing = new RoutingCache(pool);
  const connections = new ConnectionsService(dataSource, locations, () => unparking.kick('locations'));
  const autoMapping = new AutoMapping(locations, connections);

  const parked = new ParkedMessages(pool, dataSource);
  const unparking = new Unparking({ parked, writer, bus, autoMapping, metrics, logger, clock });
  const intake = new Intake({ bus, inbox, routing, autoMapping, writer, metrics, clock, onWaiting: () => unparking.kick() });

  const letters = new DeadLetters(pool, dataSource);
  const collector = new DeadLetterCollector(letters, metrics);
  const replay = new Replay(letters, bus, routing, clock);
  const erpPublisher = new ErpPublisher(bus, routing, clock);

  const stock = new StockService(ledger, locations, clock);
  const bulkStock = new BulkStock(stock, inbox);
  const products = new ProductService(ledger, locations, clock);
  const bulkProducts = new BulkProducts(products);
  const locationService = new LocationService(locations, clock, () => unparking.kick('locations'));

  const importKinds = new Map<string, ImportKind>(
    [new StockLines({ stock, locations, changedBy: changedBy(eventStore) })].map((kind) => [kind.name, kind]),
  );
  const importTable = new ImportTable(pool);
  const importing = new Importing({
    pool,
    table: importTable,
    kinds: importKinds,
    onFault: (error) => logger.warn({ err: error }, 'an import had a fault and goes on later'),
  });
  const imports = new ImportsService(pool, importTable, importing, importKinds);

  return {
    inbox,
    connections,
    parked,
    unparking,
    intake,
    letters,
    collector,
    replay,
    erpPublisher,
    stock,
    bulkStock,
    products,
    bulkProducts,
    locationService,
    importTable,
    importing,
    imports,
  };
}
