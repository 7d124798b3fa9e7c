import { callFault } from '../../http/vendor-server.js';
import { isRecord, jsonOf, type VendorAnswer, type VendorCall } from '../../http/vendor-call.js';
import type { CallLog } from '../../http/call-log.js';
import type { SandboxClock } from '../../sandbox-clock.js';
import type { AmazonAccount } from '../account.js';
import { invalidInput, notFound, refusal } from '../answers.js';
import type { LaterEffects } from '../../effects/later-effects.js';
import type { Feeds } from '../feeds/feeds.js';
import type { AmazonIds } from '../ids.js';
import type { Operation } from '../operations.js';
import { listOf, marketplaceFault } from '../query.js';
import { issuesOf, rejectedByPlan, unknownSku, type Issue } from './issues.js';
import { DATA_SETS, itemView } from './item-view.js';
import { patchesOf } from './patching.js';
import { search } from './search.js';
import { searchOf } from './search-query.js';
import type { AmazonShop } from './shop.js';

export interface ListingOperationsOptions {
  readonly account: AmazonAccount;
  readonly shop: AmazonShop;
  readonly feeds: Feeds;
  readonly effects: LaterEffects;
  readonly ids: AmazonIds;
  readonly clock: SandboxClock;
  readonly log: CallLog;
  /** Milliseconds from ACCEPTED until the figure shows. */
  readonly applyMs: number;
  readonly takesCatchAll: boolean;
  readonly searchDepth: number;
}

const BASE = '/listings/2021-08-01/items/:sellerId';

/** Operations of the Listings Items API. */
export function listingOperations(options: ListingOperationsOptions): readonly Operation[] {
  const { account, shop } = options;

  function foreign({ params, query }: VendorCall): VendorAnswer | undefined {
    if (params['sellerId'] !== account.sellerId) return refusal(403, 'Unauthorized', 'Access to requested resource is denied.');
    return marketplaceFault(query, account);
  }

  function get(call: VendorCall): VendorAnswer {
    const dataSets = dataSetsOf(call.query);
    const refused = foreign(call) ?? (typeof dataSets === 'string' ? invalidInput(dataSets) : undefined);
    if (refused !== undefined || typeof dataSets === 'string') return refused ?? notFound('');
    const sku = call.params['sku'] ?? '';
    const listing = shop.find(sku);
    if (listing === undefined) return notFound(`SKU '${sku}' not found in marketplace ${listOf(call.query, 'marketplaceIds').join(',')}`);
    return { status: 200, body: itemView(listing, dataSets, listOf(call.query, 'marketplaceIds')) };
  }

  function find(call: VendorCall): VendorAnswer {
    const dataSets = dataSetsOf(call.query);
    const query = searchOf(call.query);
    const refused = foreign(call);
    if (refused !== undefined) return refused;
    if (typeof dataSets === 'string') return invalidInput(dataSets);
    if (typeof query === 'string') return invalidInput(query);
    const { total, page, next } = search(shop.all(), query, options.searchDepth);
    const marketplaceIds = listOf(call.query, 'marketplaceIds');
    const body = { numberOfResults: total, items: page.map((listing) => itemView(listing, dataSets, marketplaceIds)) };
    return { status: 200, body: next === undefined ? body : { ...body, pagination: { nextToken: String(next) } } };
  }

  function patch(call: VendorCall): VendorAnswer {
    const refused = foreign(call);
    if (refused !== undefined) return refused;
    const body = jsonOf(call);
    if (!isRecord(body)) return invalidInput('Request has missing or invalid parameters and cannot be parsed.');
    const productType = body['productType'];
    if (typeof productType !== 'string' || productType === '') return invalidInput("'productType' is required but not supplied.");
    const patches = patchesOf(body['patches']);
    if (typeof patches === 'string') return invalidInput(patches);
    const sku = call.params['sku'] ?? '';
    const listing = shop.find(sku);
    const fault = callFault(call);
    if (fault?.kind === 'reject_listings' && fault.listingIds.includes(sku)) {
      if (!fault.permanent) return refusal(503, 'ServiceUnavailable', 'Service is temporarily unavailable. Please try again.');
      return submission(sku, 'INVALID', [rejectedByPlan(sku)]);
    }
    if (listing === undefined) return submission(sku, 'INVALID', [unknownSku(sku)]);
    const issues = issuesOf(listing, productType, patches, options.takesCatchAll);
    if (issues.length > 0) return submission(sku, 'INVALID', issues);
    if (call.query.get('mode') === 'VALIDATION_PREVIEW') return submission(sku, 'VALID', []);
    if (options.feeds.underWayFor(sku) !== undefined)
      options.log.violation(`patchListingsItem: a feed for SKU ${sku} is under way; Amazon does not order the two`);
    const lateMs = fault?.kind === 'apply_late' ? fault.ms : options.applyMs;
    if (fault?.kind !== 'never_apply') options.effects.add(lateMs, (at) => shop.patch(listing, patches, at));
    if (lateMs === 0) options.effects.settle();
    return submission(sku, 'ACCEPTED', []);
  }

  const submission = (sku: string, status: string, issues: readonly Issue[]): VendorAnswer => ({
    status: 200,
    body: { sku, status, submissionId: options.ids.uuid(), issues },
  });

  return [
    { name: 'getListingsItem', method: 'GET', path: `${BASE}/:sku`, handle: get },
    { name: 'patchListingsItem', method: 'PATCH', path: `${BASE}/:sku`, handle: patch },
    { name: 'searchListingsItems', method: 'GET', path: BASE, handle: find },
  ];
}

function dataSetsOf(query: URLSearchParams): ReadonlySet<string> | string {
  const wanted = listOf(query, 'includedData');
  const unknown = wanted.find((name) => !(DATA_SETS as readonly string[]).includes(name));
  if (unknown !== undefined) return `'includedData' knows no ${unknown}`;
  return new Set(wanted.length === 0 ? ['summaries'] : wanted);
}
