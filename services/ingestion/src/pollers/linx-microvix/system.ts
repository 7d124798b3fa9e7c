import { checksOfFault, checksOfPage, stockInWords } from '../checks.js';
import type { ErpAccount, ErpCheck, ErpSystem } from '../port.js';
import { MicrovixClient } from './client.js';
import { MicrovixCredentials } from './credentials.js';
import { storesOf, warehousesOf } from './places.js';
import { sinceOf } from './scan-window.js';
import { commandOf, MicrovixSettings, settingFaults } from './settings.js';
import { StockScan } from './stock-scan.js';

const ERP = 'Microvix';

/** Asks for the stores, then for what moved in the first of them since yesterday. */
async function check(client: MicrovixClient, scan: StockScan, settings: MicrovixSettings, now: number): Promise<readonly ErpCheck[]> {
  const stores = await storesOf(client);
  if ('says' in stores) return checksOfFault(ERP, stores);
  const read = await scan.page({ store: 0, beganAt: undefined }, sinceOf(now, settings));
  if (read.kind === 'fault') return checksOfFault(ERP, read.fault);
  const foreign = settings.companies.filter((company) => !stores.has(company));
  const says = foreign.length === 0 ? stockInWords(read.page) : `the portal has no store ${foreign.join(', ')}`;
  const hasOnlyBadRows = read.page.rows.length === 0 && read.page.refusedRows.length > 0;
  return checksOfPage(ERP, read.page, says, foreign.length === 0 && !hasOnlyBadRows);
}

/** Linx Microvix by its web service of export ("WebService de Saida"). */
export const linxMicrovix: ErpSystem<MicrovixSettings, MicrovixCredentials> = {
  name: 'linx-microvix',
  settings: MicrovixSettings,
  credentials: MicrovixCredentials,
  faults: (settings) => settingFaults(settings),
  open({ settings, credentials }, tools): ErpAccount {
    const client = new MicrovixClient(settings, credentials, tools);
    const scan = new StockScan(settings, client, tools.now);
    return {
      ...(commandOf(settings) === 'LinxProdutosInventario' ? { scan: 'full' } : { scan: 'changes', unchangedIn: settings.companies }),
      pages: (position) => scan.pages(position),
      warehouses: () => warehousesOf(client, settings),
      check: () => check(client, scan, settings, tools.now()),
    };
  },
};
