import { readFileSync } from 'node:fs';
import { Ajv, type ValidateFunction } from 'ajv';
import formats from 'ajv-formats';
import type { CallLog } from '../http/call-log.js';
import { isRecord, jsonOf, type VendorAnswer, type VendorCall, type VendorRoute } from '../http/vendor-call.js';
import { contractFile } from '../specifications/contracts-folder.js';
import { openApi, type OpenApi } from '../specifications/open-api.js';
import type { NotificationType } from './queue/notifications.js';

const FOLDER = 'amazon-sp-api';

/** Document and path, as the document writes it, of each operation. */
const OPERATIONS: Readonly<Record<string, readonly [document: string, path: string]>> = {
  getListingsItem: ['listingsItems_2021-08-01.json', '/listings/2021-08-01/items/{sellerId}/{sku}'],
  patchListingsItem: ['listingsItems_2021-08-01.json', '/listings/2021-08-01/items/{sellerId}/{sku}'],
  searchListingsItems: ['listingsItems_2021-08-01.json', '/listings/2021-08-01/items/{sellerId}'],
  createFeed: ['feeds_2021-06-30.json', '/feeds/2021-06-30/feeds'],
  getFeed: ['feeds_2021-06-30.json', '/feeds/2021-06-30/feeds/{feedId}'],
  createFeedDocument: ['feeds_2021-06-30.json', '/feeds/2021-06-30/documents'],
  getFeedDocument: ['feeds_2021-06-30.json', '/feeds/2021-06-30/documents/{feedDocumentId}'],
  getInventorySummaries: ['fbaInventory.json', '/fba/inventory/v1/summaries'],
  searchOrders: ['orders_2026-01-01.json', '/orders/2026-01-01/orders'],
  getOrder: ['orders_2026-01-01.json', '/orders/2026-01-01/orders/{orderId}'],
};

const NOTIFICATIONS: Readonly<Record<NotificationType, string>> = {
  LISTINGS_ITEM_MFN_QUANTITY_CHANGE: 'ListingsItemMfnQuantityChange.json',
  ORDER_CHANGE: 'OrderChangeNotification.json',
  FBA_INVENTORY_AVAILABILITY_CHANGES: 'FBAInventoryAvailabilityChangeNotification.json',
  FEED_PROCESSING_FINISHED: 'FeedProcessingFinishedNotification.json',
};

const apis = new Map<string, OpenApi | undefined>();
const schemas = new Map<string, ValidateFunction | undefined>();

/** Checks calls, feeds and notifications against Amazon's models, as far as those are there. */
export class AmazonSpecification {
  constructor(private readonly log: CallLog) {}

  call(route: VendorRoute, call: VendorCall, answer: VendorAnswer): void {
    const [document, path] = OPERATIONS[route.operation] ?? [];
    if (document === undefined || path === undefined) return;
    const request = call.body.length > 0 ? jsonOf(call) : undefined;
    const faults = apiOf(document)?.check(route.method, path, request, answer.status, plain(answer.body)) ?? [];
    // A malformed request that was refused is a fault of the caller all the same.
    for (const fault of faults) this.log.violation(`${route.operation}: ${fault}`);
  }

  notification(type: NotificationType, message: unknown): void {
    this.against(type, ['notification-schemas', NOTIFICATIONS[type]], message);
  }

  feed(document: unknown): void {
    this.against('JSON_LISTINGS_FEED', ['feed-schemas', 'listings-feed-schema-v2.json'], document);
  }

  report(document: unknown): void {
    this.against('processing report', ['feed-schemas', 'listings-feed-processing-report-schema-v2.json'], document);
  }

  private against(what: string, file: readonly string[], value: unknown): void {
    const validate = schemaOf(file);
    if (validate === undefined || validate(value)) return;
    for (const { instancePath, message } of validate.errors ?? []) this.log.violation(`${what}: ${instancePath} ${message ?? ''}`);
  }
}

/** The value as it travels: without fields that are undefined. */
const plain = (value: unknown): unknown => (value === undefined ? undefined : JSON.parse(JSON.stringify(value)));

/** Documents are read once for all simulators of a process, when the first call needs them. */
function apiOf(document: string): OpenApi | undefined {
  if (!apis.has(document)) {
    const file = contractFile(FOLDER, document);
    apis.set(document, file === undefined ? undefined : openApi(file));
  }
  return apis.get(document);
}

function schemaOf(parts: readonly string[]): ValidateFunction | undefined {
  const key = parts.join('/');
  if (!schemas.has(key)) {
    const file = contractFile(FOLDER, ...parts);
    schemas.set(key, file === undefined ? undefined : compiled(file));
  }
  return schemas.get(key);
}

function compiled(file: string): ValidateFunction {
  const ajv = new Ajv({ strict: false, allErrors: true, logger: false });
  formats.default(ajv);
  return ajv.compile(withoutNames(JSON.parse(readFileSync(file, 'utf8'))) as object);
}

/** Amazon's schemas give the same `$id` to several parts, and name the dialect in a way of their own: neither means anything here. */
function withoutNames(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNames);
  if (!isRecord(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => key !== '$id' && key !== '$schema' && key !== 'examples')
      .map(([key, inner]) => [key, withoutNames(inner)]),
  );
}
