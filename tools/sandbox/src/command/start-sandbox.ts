import { startAmazonSimulator } from '../amazon/amazon-simulator.js';
import { startEbaySimulator } from '../ebay/ebay-simulator.js';
import { startShopifySimulator } from '../shopify/shopify-simulator.js';
import type { SimulatorOptions, VendorSimulator } from '../simulator.js';
import { startWalmartSimulator } from '../walmart/walmart-simulator.js';
import { startZalandoSimulator } from '../zalando/zalando-simulator.js';
import { servePage } from './page.js';
import { sampleListings } from './sample-listings.js';

export interface Sandbox {
  readonly url: string;
  readonly vendors: readonly VendorSimulator[];
  close(): Promise<void>;
}

const STARTS = [startShopifySimulator, startAmazonSimulator, startEbaySimulator, startWalmartSimulator, startZalandoSimulator] as const;

/** Starts all vendors with the sample's listings, and the page that shows them. @param port of the page, the vendors after it; 0 for free ones */
export async function startSandbox(port: number, limits: NonNullable<SimulatorOptions['limits']>): Promise<Sandbox> {
  const vendors: VendorSimulator[] = [];
  const closeAll = async (): Promise<void> => {
    for (const vendor of vendors) await vendor.close();
  };
  try {
    for (const [index, start] of STARTS.entries()) {
      const vendor = await start({ limits, port: port === 0 ? 0 : port + index + 1 });
      vendors.push(vendor);
      vendor.addListings(sampleListings());
    }
    const page = await servePage(vendors, port);
    return {
      url: page.url,
      vendors,
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
