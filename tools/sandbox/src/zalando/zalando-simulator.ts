import { randomUUID } from 'node:crypto';
import { LaterEffects } from '../effects/later-effects.js';
import { FaultPlan } from '../faults/fault-plan.js';
import { CallLog } from '../http/call-log.js';
import { jsonOf, type VendorAnswer, type VendorCall, type VendorRoute } from '../http/vendor-call.js';
import { serveVendor } from '../http/vendor-server.js';
import { realClock } from '../sandbox-clock.js';
import type { NewListing, ShownListing, SimulatorOptions, VendorSimulator } from '../simulator.js';
import { contractFile } from '../specifications/contracts-folder.js';
import { openApi } from '../specifications/open-api.js';
import { LIMITS, MinuteWindows } from './access/minute-windows.js';
import { Login, SCOPES } from './access/login.js';
import { newAccount } from './account.js';
import { orderSearch } from './orders/order-search.js';
import type { OrderField } from './orders/order-view.js';
import { ZalandoOrders } from './orders/orders.js';
import { problem, tooMany } from './problem.js';
import { Articles, type Article } from './stock/articles.js';
import { statusReport } from './stock/status-report.js';
import { stockUpdates } from './stock/stock-updates.js';

export interface ZalandoSimulatorOptions extends SimulatorOptions {
  readonly salesChannelIds?: readonly string[];
  /** Scopes of the merchant's app. Default all that are needed. */
  readonly scopes?: readonly string[];
  /** Form of the results of a stock update: as the specification writes it, or as Zalando's guide. Default `results`. */
  readonly answersUnder?: 'results' | 'items';
  /** Whether a channel of this account reads figures back from the status report, whose fields are made up. Default false. */
  readonly readBack?: boolean;
  /** How far the product status report is behind. Default five minutes. */
  readonly reportLagMs?: number;
  /** Where an order's item has the EAN. Not confirmed by Zalando; default `external_id`. */
  readonly eanIn?: OrderField;
  /** Whether the figures rise again when an order is cancelled. Not confirmed by Zalando; default true. */
  readonly restocksOnCancel?: boolean;
}

export interface ZalandoSimulator extends VendorSimulator {
  readonly vendor: 'zalando';
  /** Adds articles that Zalando has not onboarded yet: figures for them are held. */
  addHeldListings(listings: readonly NewListing[]): readonly string[];
  /** Zalando onboards the article. */
  onboard(ean: string): void;
}

/** Starts a simulated Zalando: login, stocks, orders and the product status report on one port. */
export async function startZalandoSimulator(options: ZalandoSimulatorOptions = {}): Promise<ZalandoSimulator> {
  const clock = options.clock ?? realClock;
  const account = newAccount(options.salesChannelIds);
  const { merchantId, salesChannelIds } = account;
  const log = new CallLog();
  const faults = new FaultPlan();
  const effects = new LaterEffects(clock);
  const articles = new Articles(salesChannelIds, clock);
  const orders = new ZalandoOrders(articles, salesChannelIds, options.restocksOnCancel ?? true);
  const login = new Login(account, clock, faults, options.scopes ?? SCOPES);
  const windows = new MinuteWindows(clock, options.limits !== 'none');
  const specification = stocksSpecification();

  const withScope =
    (scope: (typeof SCOPES)[number], handle: (call: VendorCall) => VendorAnswer | Promise<VendorAnswer>): VendorRoute['handle'] =>
    async (call) => {
      effects.settle();
      const answer = login.refused(call, scope) ?? (await handle(call));
      const flowId = call.headers['x-flow-id'];
      return { ...answer, headers: { ...answer.headers, 'x-flow-id': typeof flowId === 'string' ? flowId : randomUUID() } };
    };
  const updates = stockUpdates({ articles, salesChannelIds, windows, effects, answersUnder: options.answersUnder ?? 'results' });
  const report = statusReport({ merchantId, articles, clock, windows, lagMs: options.reportLagMs ?? 5 * 60_000 });
  const search = orderSearch({ merchantId, orders, windows, eanIn: options.eanIn ?? 'external_id' });
  const merchant = '/merchants/:merchantId';
  const server = await serveVendor({
    routes: [
      { method: 'POST', path: '/auth/token', operation: 'token', handle: login.token },
      { method: 'GET', path: '/auth/me', operation: 'me', handle: login.me },
      { method: 'POST', path: `${merchant}/stocks`, operation: 'stocks', handle: withScope('products/stock/write', updates) },
      { method: 'GET', path: `${merchant}/orders`, operation: 'orders', handle: withScope('orders/read', search) },
      { method: 'POST', path: '/graphql', operation: 'statusReport', handle: withScope('products/products/read', report) },
    ],
    faults,
    log,
    clock,
    port: options.port ?? 0,
    onCall: options.onCall,
    spared: ['token', 'me'],
    faultAnswer: (fault) =>
      fault.kind === 'throttle'
        ? tooMany(LIMITS.stockCalls, fault.retryAfterMs ?? 1_000)
        : problem(fault.status, 'Server Error', 'An internal error occurred.'),
    onExpireTokens: () => login.expireAll(),
    check: ({ operation, method }, call, answer) => {
      // Refused calls too; the form of Zalando's guide is not that of its document.
      if (operation !== 'stocks' || options.answersUnder === 'items') return;
      const found = specification?.check(method, '/merchants/{merchant-id}/stocks', jsonOf(call), answer.status, answer.body) ?? [];
      for (const fault of found) log.violation(`stocks: ${fault}`);
    },
  });

  const now = <T>(act: (at: number) => T): T => {
    effects.settle();
    return act(clock.now());
  };
  const shown = (article: Article): readonly ShownListing[] =>
    salesChannelIds.map((remoteId) => ({
      listingId: article.ean,
      sku: article.externalId,
      barcode: article.ean,
      title: article.title,
      remoteId,
      quantity: articles.quantity(article, remoteId),
    }));
  return {
    vendor: 'zalando',
    url: server.url,
    account: {
      settings: {
        merchantId,
        salesChannelIds,
        baseUrl: server.url,
        tokenUrl: `${server.url}/auth/token`,
        ...(options.readBack === true ? { readBack: 'product_status_report' } : {}),
        ...(options.limits === 'none' ? { callsPerMinute: 100_000, updatesPerMinute: 10_000_000 } : {}),
      },
      credentials: { clientId: account.clientId, clientSecret: account.clientSecret },
    },
    faults,
    log,
    addListings: (listings) => listings.map((listing) => articles.add(listing, true)),
    addHeldListings: (listings) => listings.map((listing) => articles.add(listing, false)),
    onboard: (ean) => now((at) => articles.onboard(ean, at)),
    listings: () => now(() => articles.all().flatMap(shown).sort(byName)),
    edit: (listingId, quantity, remoteId) =>
      now((at) => {
        const channels = remoteId === undefined ? salesChannelIds : [remoteId];
        for (const channel of channels) articles.set(articles.named(listingId), channel, quantity, at);
      }),
    sell: (lines) => now((at) => orders.sell(lines, at)),
    cancel: (orderId) => now((at) => orders.cancel(orderId, at)),
    refund: (orderId, lines) => now((at) => orders.refund(orderId, lines, at)),
    // Zalando has no webhooks: orders are polled.
    sendHooksTo: () => undefined,
    hooksSent: () => Promise.resolve(),
    close: () => server.close(),
  };
}

const byName = (one: ShownListing, other: ShownListing): number =>
  `${one.listingId} ${one.remoteId ?? ''}` < `${other.listingId} ${other.remoteId ?? ''}` ? -1 : 1;

function stocksSpecification(): ReturnType<typeof openApi> | undefined {
  const file = contractFile('zalando', 'zalando-stocks-openapi.yml');
  return file === undefined ? undefined : openApi(file);
}
