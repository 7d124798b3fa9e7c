import {
  figuresSet,
  startAmazonSimulator,
  startEbaySimulator,
  startShopifySimulator,
  startWalmartSimulator,
  startZalandoSimulator,
  type SimulatorOptions,
  type VendorSimulator,
} from '@holdfast/sandbox';

const STARTS: readonly ((options: SimulatorOptions) => Promise<VendorSimulator>)[] = [
  (options) => startShopifySimulator({ ...options, locations: ['MAIN'] }),
  startAmazonSimulator,
  startEbaySimulator,
  (options) => startWalmartSimulator({ ...options, shipNodes: ['10000001'] }),
  startZalandoSimulator,
];

/** One simulated vendor with the listings of the rounds. Figures of a listing only grow, so a smaller one in a later call is an older one. */
export class ShopUnderAudit {
  /** Calls that set an older figure after a newer one. */
  older = 0;
  private readonly newest = new Map<string, number>();
  private listingIds: readonly string[] = [];

  private constructor(readonly simulator: VendorSimulator) {}

  static async startAll(): Promise<readonly ShopUnderAudit[]> {
    return Promise.all(
      STARTS.map(async (start) => {
        let shop: ShopUnderAudit | undefined = undefined as ShopUnderAudit | undefined;
        const simulator = await start({
          limits: 'none',
          onCall: (operation, call) => shop?.called(figuresSet(simulator.vendor, operation, call)),
        });
        shop = new ShopUnderAudit(simulator);
        return shop;
      }),
    );
  }

  /** @returns the mappings of its listings, one for each SKU */
  list(skus: readonly string[]): readonly { readonly sku: string; readonly listingId: string }[] {
    this.listingIds = this.simulator.addListings(skus.map((sku) => ({ sku, quantity: 0 })));
    return skus.map((sku, index) => ({ sku, listingId: this.listingIds[index] ?? '' }));
  }

  /** SKUs that show another figure than wanted. */
  differing(wanted: ReadonlyMap<string, number>): readonly string[] {
    return this.simulator
      .listings()
      .flatMap(({ sku, quantity }) =>
        wanted.get(sku) === quantity
          ? []
          : [`${this.simulator.vendor} shows ${String(quantity)} of ${sku}, not ${String(wanted.get(sku))}`],
      );
  }

  private called(figures: readonly { readonly listingId: string; readonly quantity: number }[]): void {
    for (const { listingId, quantity } of figures) {
      const newest = this.newest.get(listingId) ?? 0;
      if (quantity < newest) this.older += 1;
      else this.newest.set(listingId, quantity);
    }
  }
}
