import { startAmazonSimulator } from '../amazon/amazon-simulator.js';
import type { ErpSimulator } from '../erp/erp-simulator.js';
import { fillSmallCompany } from '../erp/small-company.js';
import { startEbaySimulator } from '../ebay/ebay-simulator.js';
import { startLinxSimulator } from '../linx-microvix/linx-simulator.js';
import { startSapSimulator } from '../sap-s4hana/sap-simulator.js';
import { startShopifySimulator } from '../shopify/shopify-simulator.js';
import type { SimulatorOptions, VendorSimulator } from '../simulator.js';
import { startTotvsSimulator } from '../totvs-protheus/totvs-simulator.js';
import { startWalmartSimulator } from '../walmart/walmart-simulator.js';
import { startZalandoSimulator } from '../zalando/zalando-simulator.js';
import { servePage } from './page.js';
import { sampleListings } from './sample-listings.js';

export interface Sandbox {
  readonly url: string;
  readonly vendors: readonly VendorSimulator[];
  readonly erps: readonly ErpSimulator[];
  /** Something happens in each company. */
  live(): void;
  close(): Promise<void>;
}

/** The status report of the sandbox is some seconds behind; Zalando's is minutes to hours. */
const REPORT_LAG_MS = 5_000;
/** Holdfast reads no figures at Zalando unless a setting says so. Here it says so, so that this channel can be discovered and compared as the others. */
const startReadableZalando = (options: SimulatorOptions): Promise<VendorSimulator> =>
  startZalandoSimulator({ ...options, readBack: true, reportLagMs: REPORT_LAG_MS });

const STARTS = [startShopifySimulator, startAmazonSimulator, startEbaySimulator, startWalmartSimulator, startReadableZalando] as const;

const ERP_STARTS = [startSapSimulator, startTotvsSimulator, startLinxSimulator] as const;
const STEPS_AT_ONCE = 3;

/**
 * Starts all vendors with the sample's listings, all ERPs with stock of the same products, and the page that shows them.
 * @param port of the page, the vendors after it, the ERPs after those; 0 for free ones
 */
export async function startSandbox(port: number, limits: NonNullable<SimulatorOptions['limits']>): Promise<Sandbox> {
  const vendors: VendorSimulator[] = [];
  const erps: ErpSimulator[] = [];
  const portAfter = (index: number): number => (port === 0 ? 0 : port + index + 1);
  const closeAll = async (): Promise<void> => {
    for (const simulator of [...vendors, ...erps]) await simulator.close();
  };
  try {
    for (const [index, start] of STARTS.entries()) {
      const vendor = await start({ limits, port: portAfter(index) });
      vendors.push(vendor);
      vendor.addListings(sampleListings());
    }
    for (const [index, start] of ERP_STARTS.entries()) {
      const erp = await start({ port: portAfter(STARTS.length + index), seed: index + 1 });
      erps.push(erp);
      fillSmallCompany(
        erp,
        sampleListings().map(({ sku }) => sku),
      );
    }
    const page = await servePage(vendors, erps, port);
    return {
      url: page.url,
      vendors,
      erps,
      live: () => erps.forEach(({ life }) => life.step(STEPS_AT_ONCE)),
      close: async () => {
        await page.close();
        await closeAll();
      },
    };
  } catch (error) {
    await closeAll();
    throw error;
  }
}
