import { startShopifySimulator, type ShopifyOptions, type ShopifySimulator } from '../src/shopify/shopify-simulator.js';
import { StoppedClock } from './stopped-clock.js';

export interface Answer {
  readonly data?: Readonly<Record<string, never>> | null;
  readonly errors?: readonly { readonly message: string; readonly extensions?: Readonly<Record<string, unknown>> }[];
  readonly extensions?: {
    readonly cost: {
      readonly requestedQueryCost: number;
      readonly actualQueryCost: number | null;
      readonly throttleStatus: { readonly maximumAvailable: number; readonly currentlyAvailable: number; readonly restoreRate: number };
    };
  };
}

export const SET = `mutation Set($input: InventorySetQuantitiesInput!, $key: String!) {
  inventorySetQuantities(input: $input) @idempotent(key: $key) {
    inventoryAdjustmentGroup { id }
    userErrors { code field message }
  }
}`;

/** A shop on a stopped clock, and what a client may ask it. */
export class ShopifyClient {
  private token: string | undefined;

  private constructor(
    readonly shop: ShopifySimulator,
    readonly clock: StoppedClock,
  ) {}

  static async start(options: ShopifyOptions = {}): Promise<ShopifyClient> {
    const clock = new StoppedClock();
    return new ShopifyClient(await startShopifySimulator({ clock, ...options }), clock);
  }

  place(name: string): string {
    return this.shop.account.locations?.find(({ locationId }) => locationId === name)?.remoteId ?? '';
  }

  /** Each listing's figure at a location. */
  figures(name: string): readonly number[] {
    return this.shop
      .listings()
      .filter(({ remoteId }) => remoteId === this.place(name))
      .map(({ quantity }) => quantity);
  }

  grant(fields: Readonly<Record<string, string>>): Promise<Response> {
    const { clientId = '', clientSecret = '' } = this.shop.account.credentials;
    const body = new URLSearchParams({ client_id: clientId, client_secret: clientSecret, ...fields });
    return fetch(`${this.shop.url}/admin/oauth/access_token`, { method: 'POST', body });
  }

  async accessToken(): Promise<string> {
    const answer = (await (await this.grant({ grant_type: 'client_credentials' })).json()) as { readonly access_token: string };
    return answer.access_token;
  }

  async post(query: string, variables: object = {}, token?: string): Promise<Response> {
    this.token ??= this.shop.account.credentials['accessToken'] ?? (await this.accessToken());
    return fetch(`${this.shop.url}/admin/api/2026-07/graphql.json`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-shopify-access-token': token ?? this.token },
      body: JSON.stringify({ query, variables }),
    });
  }

  async ask(query: string, variables: object = {}): Promise<Answer> {
    return (await (await this.post(query, variables)).json()) as Answer;
  }

  /** Sets quantities at BER. @returns the user errors, or the codes of errors of the whole request */
  async set(quantities: readonly object[], key: string, name = 'available'): Promise<unknown> {
    const at = quantities.map((one) => ({ locationId: this.place('BER'), changeFromQuantity: null, ...one }));
    const { data, errors } = await this.ask(SET, { key, input: { name, reason: 'correction', quantities: at } });
    if (errors !== undefined) return errors.map(({ extensions }) => extensions?.['code']);
    return (data as { readonly inventorySetQuantities: { readonly userErrors: readonly unknown[] } } | undefined)?.inventorySetQuantities
      .userErrors;
  }
}
