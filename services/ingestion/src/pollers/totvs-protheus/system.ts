import { checksOfFault, checksOfPage, stockInWords } from '../checks.js';
import type { ErpAccount, ErpCheck, ErpSystem, WarehousesRead } from '../port.js';
import { ProtheusClient } from './client.js';
import { ProtheusCredentials } from './credentials.js';
import { cursorOf } from './cursor.js';
import { parseFormula } from './formula.js';
import { pageSizeOf, ProtheusSettings } from './settings.js';
import { StockScan } from './stock-scan.js';

const ERP = 'Protheus';
const CHECKED_ITEMS = 100;
/** Pages that are looked through for the names of warehouses. */
const MOST_PAGES = 200;

async function warehousesOf(scan: StockScan): Promise<WarehousesRead> {
  const found = new Set<string>();
  let pages = 0;
  for await (const read of scan.pages(undefined)) {
    if (read.kind === 'fault') return read;
    for (const { warehouseId } of read.page.rows) found.add(warehouseId);
    pages += 1;
    if (pages >= MOST_PAGES) break;
  }
  return { kind: 'warehouses', warehouses: [...found].sort().map((warehouseId) => ({ warehouseId, name: null })) };
}

async function check(scan: StockScan, settings: ProtheusSettings): Promise<readonly ErpCheck[]> {
  const read = await scan.page(cursorOf(undefined), Math.min(CHECKED_ITEMS, pageSizeOf(settings)));
  if (read.kind === 'fault') return checksOfFault(ERP, read.fault);
  return checksOfPage(ERP, read.page, stockInWords(read.page), read.page.rows.length > 0);
}

/** TOTVS Protheus by its REST server. Every poll reads all stock: its stock service has no time of change. */
export const totvsProtheus: ErpSystem<ProtheusSettings, ProtheusCredentials> = {
  name: 'totvs-protheus',
  settings: ProtheusSettings,
  credentials: ProtheusCredentials,
  faults: ({ available }) =>
    available === undefined || parseFormula(available) !== undefined
      ? []
      : [{ field: 'settings.available', message: 'must be names of fields with + or - between them, such as onHand - reserved' }],
  open({ settings, credentials }, tools): ErpAccount {
    const scan = new StockScan(settings, new ProtheusClient(settings, credentials, tools));
    return {
      scan: 'full',
      pages: ({ cursor }) => scan.pages(cursor),
      warehouses: () => warehousesOf(scan),
      check: () => check(scan, settings),
    };
  },
};
