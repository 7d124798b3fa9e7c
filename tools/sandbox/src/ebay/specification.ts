import { jsonOf, type VendorAnswer, type VendorCall, type VendorRoute } from '../http/vendor-call.js';
import { contractFile } from '../specifications/contracts-folder.js';
import { openApi, type OpenApi } from '../specifications/open-api.js';

const DOCUMENTS = [
  ['/sell/inventory/v1', 'sell_inventory_v1_oas3.json'],
  ['/commerce/notification/v1', 'commerce_notification_v1_oas3.json'],
  ['/developer/analytics/v1_beta', 'developer_analytics_v1_beta_oas3.json'],
] as const;

const read = new Map<string, OpenApi>();

/** A document takes a second to compile, so simulators of one process share it. */
function shared(file: string): OpenApi {
  let api = read.get(file);
  if (api === undefined) read.set(file, (api = openApi(file)));
  return api;
}

export type Check = (route: VendorRoute, call: VendorCall, answer: VendorAnswer) => readonly string[];

/** Holds calls and answers against eBay's own documents, as far as they are on this machine. */
export function ebaySpecification(): Check {
  const known: { readonly base: string; readonly api: OpenApi }[] = [];
  for (const [base, name] of DOCUMENTS) {
    const file = contractFile('ebay', name);
    if (file !== undefined) known.push({ base, api: shared(file) });
  }
  return (route, call, answer) => {
    const found = known.find(({ base }) => route.path.startsWith(base));
    if (found === undefined) return [];
    const path = route.path.slice(found.base.length).replaceAll(/:(\w+)/g, '{$1}');
    if (!found.api.has(route.method, path)) return [`${route.method} ${path} is not in eBay's document`];
    const request = call.body.length === 0 ? undefined : jsonOf(call);
    return found.api.check(route.method, path, request, answer.status, answer.body).map((fault) => `${route.operation}: ${fault}`);
  };
}
