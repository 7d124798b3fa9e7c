import type { ChannelEvent, LocationEvent, OrderEvent, SkuEvent, TransferEvent } from '@holdfast/inventory';

type Samples<Event extends { readonly type: string }> = { readonly [Type in Event['type']]: Extract<Event, { readonly type: Type }> };

const at = Date.UTC(2026, 2, 1, 8, 30);
const commandId = '5b7f5c9e-0d7e-5c3b-9d0e-0c8f6a2d4e11';
const takes = [{ locationId: 'BER', quantity: 2 }];
const explained = [{ locationId: 'BER', quantity: 2, because: 'first by priority' }];
const erp = { connectionId: 'sap', messageId: 'sap-4711', locationId: 'BER' };
const transfer = { transferId: 'tr_1', fromLocationId: 'BER', toLocationId: 'HAM', quantity: 4 };
const hold = { reservationId: 'rs_VEVFLTE.1c9e', orderId: 'order-1001' };

/** One event of each type with every field that it can have: a new type or a new field does not compile until it is here. */
export const skuSamples: Samples<SkuEvent> = {
  ProductDescribed: {
    type: 'ProductDescribed',
    commandId,
    verified: true,
    name: 'Black T-shirt, M',
    category: 'T-shirts',
    barcode: '4006381333931',
    brandId: 'brand_01JGK9',
    costMinor: 850,
    lowStockThreshold: 10,
  },
  SafetyStockSet: { type: 'SafetyStockSet', commandId, locationId: 'BER', quantity: 3 },
  LevelReported: { type: 'LevelReported', ...erp, figure: 40, asOf: at, unpostedUnits: -2, presumedPostedUntil: at, delta: 5 },
  LevelRefused: { type: 'LevelRefused', ...erp, figure: 40, asOf: at, lastAsOf: at + 1 },
  StockReceived: {
    type: 'StockReceived',
    ...erp,
    quantity: 12,
    effectiveAt: at,
    documentId: 'po-77',
    acknowledgedUnits: 2,
    inbound: [{ reference: 'po-77', quantity: 10 }],
    delta: 10,
  },
  StockIssued: {
    type: 'StockIssued',
    ...erp,
    quantity: 5,
    effectiveAt: at,
    documentId: 'gi-12',
    orderId: 'order-1001',
    acknowledgedUnits: 2,
    reassigned: [{ locationId: 'HAM', quantity: 1 }],
    presumedUnits: 1,
    unmatchedUnits: 1,
    delta: -2,
  },
  StockAdjusted: {
    type: 'StockAdjusted',
    locationId: 'BER',
    delta: -3,
    effectiveAt: at,
    reasonCode: 'damage',
    reason: 'fell off the shelf',
    commandId,
    counted: 37,
    orderId: 'order-7',
    alreadyIssuedUnits: 1,
  },
  StockMoved: { type: 'StockMoved', commandId, fromLocationId: 'BER', toLocationId: 'HAM', quantity: 4, reference: 'move-9' },
  LimitsSet: {
    type: 'LimitsSet',
    commandId,
    overbookingUnits: 5,
    holderUnits: 2,
    backorders: { units: 50, graceMs: 604_800_000, channels: ['web'] },
  },
  AllocationSet: { type: 'AllocationSet', commandId, channelId: 'web', cap: 100, floor: 20, holderUnits: 1 },
  AllocationRemoved: { type: 'AllocationRemoved', commandId, channelId: 'web' },
  InboundDeclared: { type: 'InboundDeclared', commandId, reference: 'po-77', locationId: 'BER', quantity: 40, expectedAt: at + 86_400_000 },
  InboundCancelled: { type: 'InboundCancelled', commandId, reference: 'po-77' },
  TransferShipped: { type: 'TransferShipped', ...transfer },
  TransferReceived: { type: 'TransferReceived', transferId: 'tr_1', toLocationId: 'HAM', quantity: 3, receiptId: 'rc_1' },
  TransferReturned: { type: 'TransferReturned', ...transfer, quantity: 1 },
  ReservationPlaced: {
    type: 'ReservationPlaced',
    ...hold,
    takes: explained,
    expiresAt: at + 900_000,
    channelId: 'web',
    holderId: 'customer-7',
    overbookedUnits: 1,
    waiting: { quantity: 1, expectedAt: at + 86_400_000, ttlMs: 900_000, locationIds: ['BER'] },
    requestHash: 'c0ffee',
    requested: 3,
  },
  ReservationPromoted: {
    type: 'ReservationPromoted',
    reservationId: hold.reservationId,
    takes: explained,
    waitingUnits: 1,
    expiresAt: at + 900_000,
  },
  ReservationCommitted: {
    type: 'ReservationCommitted',
    ...hold,
    commitId: commandId,
    takes,
    alreadyIssued: [{ locationId: 'BER', quantity: 1 }],
    openUnits: 0,
  },
  ReservationCommitReversed: { type: 'ReservationCommitReversed', ...hold, commitId: commandId, takes, restored: takes },
  ReservationReduced: {
    type: 'ReservationReduced',
    reservationId: hold.reservationId,
    releaseId: 'release-1',
    takes,
    givenUpUnits: 1,
    waitingUnits: 0,
  },
  ReservationReleased: { type: 'ReservationReleased', reservationId: hold.reservationId, takes },
  ReservationExpired: { type: 'ReservationExpired', reservationId: hold.reservationId, takes, expiresAt: at },
  ReservationExtended: { type: 'ReservationExtended', reservationId: hold.reservationId, expiresAt: at + 1_800_000, commandId: 'extend-1' },
};

export const orderSamples: Samples<OrderEvent> = {
  OrderStarted: {
    type: 'OrderStarted',
    reservationId: 'ro_7e1b',
    orderId: 'order-1001',
    lines: [{ sku: 'TEE-1', quantity: 2 }],
    ttlMs: 900_000,
    expiresAt: at + 900_000,
    partial: false,
    channelId: 'web',
    locationId: 'BER',
    requestHash: 'c0ffee',
  },
  OrderHeld: { type: 'OrderHeld', lines: [{ sku: 'TEE-1', requested: 2, takes: explained }], expiresAt: at + 900_000 },
  OrderRefused: {
    type: 'OrderRefused',
    lines: [
      {
        sku: 'TEE-1',
        requested: 2,
        available: 1,
        byLocation: [{ locationId: 'BER', available: 1 }],
        code: 'insufficient_stock',
        alternatives: [
          { kind: 'smaller_quantity', quantity: 1 },
          { kind: 'later', at, because: 'holds_end' },
        ],
      },
    ],
  },
  OrderCommitStarted: { type: 'OrderCommitStarted', commitId: commandId, at, lines: [{ sku: 'TEE-1', quantity: 2 }] },
  OrderCommitted: { type: 'OrderCommitted', commitId: commandId, lines: [{ sku: 'TEE-1', takes }], openUnits: 0 },
  OrderCommitFailed: { type: 'OrderCommitFailed', commitId: commandId, skus: ['TEE-1'] },
  OrderReductionStarted: { type: 'OrderReductionStarted', reductionId: 'release-1', lines: [{ sku: 'TEE-1', quantity: 1 }] },
  OrderReduced: { type: 'OrderReduced', reductionId: 'release-1' },
  OrderReleaseStarted: { type: 'OrderReleaseStarted' },
  OrderReleased: { type: 'OrderReleased' },
  OrderExpiryStarted: { type: 'OrderExpiryStarted' },
  OrderExpired: { type: 'OrderExpired' },
  OrderContinued: { type: 'OrderContinued' },
  OrderExtended: { type: 'OrderExtended', expiresAt: at + 1_800_000 },
};

export const transferSamples: Samples<TransferEvent> = {
  TransferCreated: {
    type: 'TransferCreated',
    transferId: 'tr_1',
    fromLocationId: 'BER',
    toLocationId: 'HAM',
    lines: [{ sku: 'TEE-1', quantity: 4 }],
    note: 'for the weekend',
    requestHash: 'c0ffee',
  },
  ShipmentStarted: { type: 'ShipmentStarted', shipmentId: 'sh_1' },
  Shipped: { type: 'Shipped' },
  ShipmentTurnedBack: { type: 'ShipmentTurnedBack', lines: [{ sku: 'TEE-1', requested: 4, available: 3 }] },
  ShipmentFailed: { type: 'ShipmentFailed', lines: [{ sku: 'TEE-1', requested: 4, available: 3 }] },
  ReceiptStarted: { type: 'ReceiptStarted', receiptId: 'rc_1', lines: [{ sku: 'TEE-1', quantity: 3 }] },
  ReceiptRecorded: { type: 'ReceiptRecorded', receiptId: 'rc_1' },
  CancelStarted: { type: 'CancelStarted' },
  Cancelled: { type: 'Cancelled' },
};

const location = {
  locationId: 'BER',
  name: 'Berlin',
  kind: 'warehouse',
  priority: 10,
  latitude: 52.52,
  longitude: 13.405,
  country: 'DE',
  postalCode: '10115',
  region: 'north',
} as const;

export const locationSamples: Samples<LocationEvent> = {
  LocationRegistered: { type: 'LocationRegistered', ...location },
  LocationChanged: { type: 'LocationChanged', ...location },
};

const policy = { policyId: 'p1', bufferUnits: 2, bufferPercent: 7.5, lowThreshold: 10, criticalThreshold: 0 };
const channel = {
  channelId: 'web',
  name: 'Web shop',
  channelType: 'webhook',
  policy,
  sourcePolicy: { name: 'nearest', options: { splits: 'accept' } },
  ttl: { defaultMs: 600_000, leastMs: 60_000, mostMs: 3_600_000 },
};

export const channelSamples: Samples<ChannelEvent> = {
  ChannelEnabled: { type: 'ChannelEnabled', ...channel },
  ChannelChanged: { type: 'ChannelChanged', ...channel },
  ChannelDisabled: { type: 'ChannelDisabled', channelId: 'web' },
};

export const eventSamples = {
  stock: Object.values(skuSamples),
  order: Object.values(orderSamples),
  transfer: Object.values(transferSamples),
  locations: Object.values(locationSamples),
  channels: Object.values(channelSamples),
} as const;
