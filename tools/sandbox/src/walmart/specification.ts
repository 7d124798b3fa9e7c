import { jsonOf, type VendorAnswer, type VendorCall, type VendorRoute } from '../http/vendor-call.js';
import { contractFile } from '../specifications/contracts-folder.js';
import { openApi, type OpenApi } from '../specifications/open-api.js';

// The inventory document of 2026 describes the same calls as that of 2023, and the answer of the list without its fault.
const DOCUMENTS = [
  'us-mp-auth.openapi.json',
  'us-mp-inventory-2026.openapi.yml',
  'us-mp-feeds.openapi.json',
  'us-mp-notifications.openapi.json',
] as const;

export type Check = (route: VendorRoute, call: VendorCall, answer: VendorAnswer) => readonly string[];

let known: readonly OpenApi[] | undefined;

/** Holds calls and answers against Walmart's own documents, as far as they are on this machine. They are read once in a process. */
export function walmartSpecification(): Check {
  known ??= DOCUMENTS.flatMap((name) => {
    const file = contractFile('walmart', name);
    return file === undefined ? [] : [openApi(file)];
  });
  const documents = known;
  return (route, call, answer) => {
    const path = route.path.replaceAll(/:(\w+)/g, '{$1}');
    const api = documents.find((one) => one.has(route.method, path));
    if (api === undefined) return [];
    const isJson = (call.headers['content-type'] ?? '').startsWith('application/json');
    const request = isJson ? jsonOf(call) : undefined;
    return api.check(route.method, path, request, answer.status, answer.body).map((fault) => `${route.operation}: ${fault}`);
  };
}
