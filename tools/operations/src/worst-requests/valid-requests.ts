import { csvOf, jsonOf, LINES, many, padded } from './valid-bodies.js';
import type { Body } from './bodies.js';

export interface Request {
  readonly method: 'GET' | 'POST' | 'PUT';
  readonly path: string;
  readonly body?: Body;
}

/** A route with the largest request that it accepts whole. */
export interface ValidRequest {
  readonly name: string;
  /** Sent before, unmeasured, each once the server is calm: what the lines of the request name must exist. */
  readonly before?: readonly Request[];
  /** @param round changes the values, so that each round is another request that changes every line again */
  readonly request: (round: number) => Request;
  /** Sent before each round, unmeasured. */
  readonly beforeRound?: (round: number) => readonly Request[];
}

const ORDER_LINES = 2_000;
const TRANSFER_LINES = 1_000;
const COMMANDS = 1_000;

const json = (method: Request['method'], path: string, value: unknown): Request => ({ method, path, body: jsonOf(value) });
const csv = (path: string, rows: readonly object[]): Request => ({ method: 'POST', path, body: csvOf(rows) });
const post = (path: string, value: unknown): Request => json('POST', path, value);
const put = (path: string, value: unknown): Request => json('PUT', path, value);

const skuOf = (index: number): string => padded('TEE-LONG-SLEEVE', index, 100);
const shortSku = (index: number): string => `T-${index}`;

const stock = (round: number) =>
  many(LINES, (index) => ({ sku: skuOf(index), locationId: 'MAIN', quantity: 10 + round, reason: padded('cycle count', index, 490) }));
const fewFields = (round: number) => many(LINES, (index) => ({ sku: shortSku(index), locationId: 'MAIN', quantity: 10 + round }));
const products = (round: number) =>
  many(LINES, (index) => ({
    sku: skuOf(index),
    name: padded(`Shirt, edition ${round}`, index, 200),
    category: padded('Shirts', index, 200),
    brandId: 'brand',
    costMinor: 1_000 + round,
    safetyStock: round,
  }));
const locations = (round: number) =>
  many(LINES - 1, (index) => ({
    locationId: padded('WAREHOUSE', index, 60),
    name: padded(`Warehouse, name ${round}`, index, 200),
    kind: 'store',
    priority: index,
    latitude: 52.5,
    longitude: 13.4,
    country: 'DE',
    postalCode: '10115',
    region: padded('north', index, 80),
  }));
const listings = (round: number) =>
  many(LINES, (index) => ({ sku: skuOf(index), listingId: padded(`listing ${round}`, index, 150), conflictStrategy: 'master_wins' }));
const synced = (round: number) => many(LINES, (index) => ({ sku: skuOf(index), quantity: round }));
const warehouses = () => many(LINES, (index) => ({ warehouseId: padded('0001', index, 90), locationId: 'MAIN' }));
const erpMessages = (round: number, quantity = 1) =>
  many(LINES, (index) => ({
    type: 'receipt',
    messageId: padded(`message ${round}`, index, 90),
    connectionId: 'sap',
    warehouseId: '0001',
    sku: skuOf(index),
    quantity,
    postedAt: '2026-03-01T12:00:00Z',
    documentId: padded('document', index, 180),
  }));
const orderLines = (count: number, first = 0) => many(count, (index) => ({ sku: skuOf(first + index), quantity: 1 }));
const commands = (round: number) =>
  many(COMMANDS, (index) => ({
    id: padded(`command ${round}`, index, 250),
    kind: 'reserve',
    data: { items: [{ sku: skuOf(index), quantity: 1 }], orderId: `order-${round}-${index}`, holderId: padded('customer', index, 90) },
  }));

const SYNC = '/sales-channel/inventory/sync';
const MAPPINGS = '/sales-channel/channels/shop/mappings';
const MANY_IN_STOCK = post('/v1/inventory/bulk', {
  lines: many(LINES, (index) => ({ sku: skuOf(index), locationId: 'MAIN', quantity: 1_000 })),
});
/** Nothing is delivered to it: that would be measured, too. */
const CHANNEL = put('/sales-channel/channels/shop', { name: 'Shop', syncInventory: false, webhook: { url: 'http://127.0.0.1:9/' } });
const CONNECTION = put('/v1/erp/connections/sap', { name: 'SAP', mappings: [{ warehouseId: '0001', locationId: 'MAIN' }] });

/** All routes that take many lines, each with the largest request that it accepts. */
export const VALID_REQUESTS: readonly ValidRequest[] = [
  { name: 'stock, JSON', request: (round) => post('/v1/inventory/bulk', { lines: stock(round) }) },
  { name: 'stock, JSON with few fields', request: (round) => post('/v1/inventory/bulk', { lines: fewFields(round) }) },
  { name: 'master quantities, JSON', request: (round) => put('/sales-channel/inventory/bulk/update', { items: stock(round) }) },
  { name: 'products, JSON', request: (round) => post('/api/products/bulk', { products: products(round) }) },
  { name: 'products, CSV', request: (round) => csv('/api/products/import', products(round)) },
  { name: 'locations, JSON', request: (round) => post('/api/locations/bulk', { locations: locations(round) }) },
  { name: 'locations, CSV', request: (round) => csv('/api/locations/import', locations(round)) },
  { name: 'ERP messages, JSON', before: [CONNECTION], request: (round) => post('/v1/erp/messages', { messages: erpMessages(round) }) },
  {
    name: 'replay of dead letters, JSON',
    before: [CONNECTION, post('/v1/erp/messages', { messages: erpMessages(0) })],
    // Ids of other messages: all of them become dead letters.
    beforeRound: (round) => [post('/v1/erp/messages', { messages: erpMessages(0, 1 + round) })],
    request: () => post('/v1/erp/dead-letters/replay', { all: true }),
  },
  {
    name: 'ERP connection with mappings, JSON',
    request: (round) => put('/v1/erp/connections/sap', { name: `SAP ${round}`, mappings: warehouses() }),
  },
  {
    name: 'ERP mappings, JSON',
    before: [CONNECTION],
    request: () => put('/v1/erp/warehouse-mappings', { connectionId: 'sap', mappings: warehouses() }),
  },
  {
    name: 'mappings of a channel, JSON',
    before: [CHANNEL],
    request: (round) => put(MAPPINGS, { mappings: listings(round), mode: 'replace' }),
  },
  {
    name: 'sync to all channels, JSON',
    before: [CHANNEL, put(MAPPINGS, { mappings: listings(0) })],
    request: (round) => post(SYNC, { items: synced(round) }),
  },
  {
    name: 'sync to a channel, JSON',
    before: [CHANNEL, MANY_IN_STOCK, put(MAPPINGS, { mappings: listings(0) })],
    request: (round) => post(`${SYNC}/shop`, { items: synced(round) }),
  },
  {
    name: 'reservation commands, JSON',
    before: [MANY_IN_STOCK],
    request: (round) => post('/v1/reservations/commands', { commands: commands(round) }),
  },
  {
    name: 'order of many lines, JSON',
    before: [MANY_IN_STOCK],
    request: (round) => post('/sales-channel/inventory/reserve', { orderId: `order-${round}`, items: orderLines(ORDER_LINES) }),
  },
  {
    name: 'availability of many lines, JSON',
    before: [MANY_IN_STOCK],
    request: (round) => post('/api/inventory/availability/check', { items: orderLines(ORDER_LINES, round), consistency: 'strong' }),
  },
  {
    name: 'transfer of many lines, JSON',
    before: [MANY_IN_STOCK, post('/api/locations', { locationId: 'BER', name: 'Berlin' })],
    request: (round) =>
      post('/api/inventory/transfers', {
        fromLocationId: 'MAIN',
        toLocationId: 'BER',
        reference: `t-${round}`,
        lines: orderLines(TRANSFER_LINES),
      }),
  },
];
