/** A shop of the sandbox, as far as tests of the console use it. */
export interface Shop {
  readonly account: {
    readonly settings: object;
    readonly credentials: object;
    readonly locations?: readonly { readonly locationId: string; readonly remoteId: string }[];
  };
  addListings(listings: readonly { readonly sku: string; readonly title: string; readonly quantity: number }[]): unknown;
  listings(): readonly { readonly listingId: string; readonly sku: string; readonly quantity: number }[];
  edit(listingId: string, quantity: number): void;
  close(): Promise<void>;
}

interface Sandbox {
  startShopifySimulator(options: { readonly limits: 'none'; readonly locations: readonly string[] }): Promise<Shop>;
}

/** Starts a shop. Its sources are checked for Node alone, not with the types of a browser, hence the name that is only known at run time. */
export async function startShop(locations: readonly string[]): Promise<Shop> {
  const name: string = '@holdfast/sandbox';
  const { startShopifySimulator } = (await import(name)) as Sandbox;
  return startShopifySimulator({ limits: 'none', locations });
}
