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

/** An ERP of the sandbox, as far as tests of the console use it. */
export interface Erp {
  readonly connection: { readonly system: string; readonly poller: { readonly settings: object; readonly credentials: object } };
  readonly company: { set(place: { readonly sku: string; readonly warehouse: string }, stock: { readonly quantity: string }): void };
  close(): Promise<void>;
}

interface Sandbox {
  startTotvsSimulator(): Promise<Erp>;
  startShopifySimulator(options: { readonly limits: 'none'; readonly locations: readonly string[] }): Promise<Shop>;
}

/** Its sources are checked for Node alone, not with the types of a browser, hence the name that is only known at run time. */
async function sandbox(): Promise<Sandbox> {
  const name: string = '@holdfast/sandbox';
  return (await import(name)) as Sandbox;
}

export const startShop = async (locations: readonly string[]): Promise<Shop> =>
  (await sandbox()).startShopifySimulator({ limits: 'none', locations });

export const startErp = async (): Promise<Erp> => (await sandbox()).startTotvsSimulator();
