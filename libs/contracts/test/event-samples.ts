import { binSamples, putAwaySamples } from './put-away-samples.js';
import type { ChannelEvent, LocationEvent, OrderEvent, SkuEvent, TransferEvent } from '@holdfast/inventory';
import type { AdjustmentEvent, CountEvent, HoldCallEvent, ReplenishmentEvent, RequestEvent } from '@holdfast/warehouse';

type Samples<Event extends { readonly type: string }> = { readonly [Type in Event['type']]: Extract<Event, { readonly type: Type }> };

const at = Date.UTC(2026, 2, 1, 8, 30);
const commandId = '5b7f5c9e-0d7e-5c3b-9d0e-0c8f6a2d4e11';
const takes = [{ locationId: 'BER', quantity: 2 }];
const explained = [{ locationId: 'BER', quantity: 2, because: 'first by priority' }];
const erp = { connectionId: 'sap', messageId: 'sap-4711', locationId: 'BER' };
const transfer = { transferId: 'tr_1', fromLocationId: 'BER', toLocationId: 'HAM', quantity: 4 };
const hold = { reservationId: 'rs_VEVFLTE.1c9e', orderId: 'order-1001' };

const held = [{ locationId: 'BER', delta: 1 }];
const positions = [{ locationId: 'BER', lotId: 'L-7', binId: 'A-01', delta: 2, sellable: true }];
const lot = { lotId: 'L-7', expiryDate: '2026-05-31', expiresAt: [{ locationId: 'BER', expiresAt: at }] };

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
    removalDays: 3,
    units: [{ unit: 'BOX', units: '12' }],
  },
  SafetyStockSet: { type: 'SafetyStockSet', commandId, locationId: 'BER', quantity: 3 },
  LevelReported: { type: 'LevelReported', ...erp, figure: 40, asOf: at, unpostedUnits: -2, presumedPostedUntil: at, delta: 5, held },
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
    held,
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
    held,
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
    recorded: 37,
    orderId: 'order-7',
    alreadyIssuedUnits: 1,
    documentId: 'cc_1',
    documentLine: 1,
    postedBack: true,
    held,
    holdId: 'hold_7',
  },
  StockMoved: { type: 'StockMoved', commandId, fromLocationId: 'BER', toLocationId: 'HAM', quantity: 4, reference: 'move-9', held },
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
  TransferShipped: { type: 'TransferShipped', ...transfer, heldByReservationId: 'sr_1', held },
  TransferReceived: { type: 'TransferReceived', transferId: 'tr_1', toLocationId: 'HAM', quantity: 3, receiptId: 'rc_1', held },
  TransferReturned: { type: 'TransferReturned', ...transfer, quantity: 1, held },
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
    held,
  },
  ReservationCommitReversed: { type: 'ReservationCommitReversed', ...hold, commitId: commandId, takes, restored: takes, held },
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
  HoldPlaced: {
    type: 'HoldPlaced',
    commandId,
    holdId: 'hold_7',
    holdType: 'quality',
    locationId: 'BER',
    lotId: 'L-7',
    quantity: 4,
    reason: 'seal test',
    reference: 'QA-118',
    erpReference: 'M1',
    expectedReleaseAt: at + 86_400_000,
    createdBy: 'anna',
    uncoveredUnits: 1,
    held: [{ locationId: 'BER', delta: 4 }],
  },
  HoldReleased: {
    type: 'HoldReleased',
    holdId: 'hold_7',
    releaseId: commandId,
    quantity: 3,
    openUnits: 1,
    disposition: 'scrap',
    reason: 'seal broken',
    releasedBy: 'ben',
    held: [{ locationId: 'BER', delta: -3 }],
  },
  LotControlSet: { type: 'LotControlSet', commandId, control: 'required', held },
  LotDeclared: { type: 'LotDeclared', ...lot, parentLotId: 'L-6' },
  LotExpiryChanged: { type: 'LotExpiryChanged', commandId, ...lot, reason: 'misread label', held },
  LotRenamed: { type: 'LotRenamed', commandId, lotId: 'L-7', toLotId: 'L-8', reason: 'misread label' },
  LotExpired: {
    type: 'LotExpired',
    lotId: 'L-7',
    locationIds: ['BER'],
    because: 'marked',
    commandId,
    reason: 'opened',
    uncoveredUnits: 1,
    held,
  },
  PositionsCorrected: {
    type: 'PositionsCorrected',
    commandId,
    kind: 'assign',
    locationId: 'BER',
    positions: [...positions, { locationId: 'BER', delta: -2 }],
    reasonCode: 'lot_correction',
    reason: 'label found',
    documentId: 'adj_1',
    held,
  },
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
    holderId: 'customer-7',
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

const author = { by: 'key_17', person: 'anna' };
const requestLine = { lineId: '1', sku: 'TEE-1', quantity: 10, reasonCode: 'low_stock' };
const shortRequestLine = { lineId: '1', sku: 'TEE-1', requested: 8, available: 3, code: 'insufficient_stock' };
const requestHeader = {
  fromLocationId: 'HUB',
  toLocationId: 'STORE1',
  priority: 'high',
  neededBy: '2026-12-05',
  reason: 'sale on Saturday',
} as const;
const reservation = { lineId: '1', reserved: 8, waiting: 0 };

export const requestSamples: Samples<RequestEvent> = {
  RequestCreated: {
    type: 'RequestCreated',
    requestId: 'sr_1',
    number: 'SR-000124',
    ...requestHeader,
    lines: [requestLine],
    requestHash: 'c0ffee',
    ...author,
  },
  RequestEdited: { type: 'RequestEdited', ...requestHeader, lines: [requestLine], ...author },
  RequestDeleted: { type: 'RequestDeleted', ...author },
  RequestSubmitted: { type: 'RequestSubmitted', ...author, comment: 'as agreed' },
  RequestApprovalStarted: {
    type: 'RequestApprovalStarted',
    approvalId: 'sr_1~1',
    lines: [{ lineId: '1', quantity: 8, reasonCode: 'low_stock' }],
    partial: false,
    expiresAt: at + 1_800_000,
    by: 'ben',
    person: 'ben',
    comment: 'eight must do',
  },
  RequestApproved: { type: 'RequestApproved', reservations: [reservation] },
  RequestApprovalFailed: { type: 'RequestApprovalFailed', lines: [shortRequestLine] },
  RequestRejected: { type: 'RequestRejected', ...author, comment: 'not before spring' },
  RequestReleaseStarted: { type: 'RequestReleaseStarted', to: 'submitted', ...author, comment: 'wrong store' },
  RequestReleased: { type: 'RequestReleased' },
  RequestRolledBack: { type: 'RequestRolledBack', to: 'draft', ...author, comment: 'wrong store' },
  RequestFulfilmentStarted: { type: 'RequestFulfilmentStarted', ...author, comment: 'picking' },
  RequestShipmentStarted: {
    type: 'RequestShipmentStarted',
    shipmentId: 'van-7',
    lines: [{ lineId: '1', quantity: 5 }],
    closeRemainder: false,
    ...author,
    comment: 'first van',
  },
  RequestShipped: { type: 'RequestShipped', lines: [{ lineId: '1', quantity: 5 }], transferId: 'tr_1' },
  RequestShipmentFailed: { type: 'RequestShipmentFailed', lines: [shortRequestLine] },
  RequestReservationsChecked: { type: 'RequestReservationsChecked', reservations: [reservation] },
  RequestCommented: { type: 'RequestCommented', commentId: commandId, text: 'who drives?', ...author },
};
export const adjustmentSamples: Samples<AdjustmentEvent> = {
  AdjustmentStarted: {
    type: 'AdjustmentStarted',
    adjustmentId: 'adj_1',
    locationId: 'BER',
    reasonCode: 'damage',
    reason: 'fork lift',
    reference: 'QA-118',
    effectiveAt: at,
    mayUncoverPromises: true,
    createdBy: 'u1',
    lines: [
      { sku: 'TEE-1', delta: -3 },
      { sku: 'TEE-2', delta: -1 },
    ],
    requestHash: 'c0ffee',
  },
  AdjustmentCompleted: {
    type: 'AdjustmentCompleted',
    outcomes: [
      { line: 1, quantityOnHand: 47, quantityAvailable: 40 },
      {
        line: 2,
        refusal: { code: 'insufficient_stock', requested: 1, available: 0, laterAt: at },
        quantityOnHand: 2,
        quantityAvailable: 0,
      },
    ],
  },
};

const because = {
  method: 'reorder_point',
  position: 18,
  reorderPoint: 20,
  target: 60,
  need: 42,
  packSize: 24,
  onHand: 20,
  reserved: 4,
  held: 1,
  waiting: 2,
  inbound: 5,
  open: 0,
  dailyUse: 2.5,
  daysOfData: 61,
  shortAtSource: 24,
} as const;
const replenishment = {
  orderId: 'rep_1',
  status: 'suggested',
  quantity: 24,
  source: { kind: 'transfer', locationId: 'HUB' },
  because,
  by: 'replenishment',
  dueAt: at,
  leadTimeDays: 3,
} as const;

export const replenishmentSamples: Samples<ReplenishmentEvent> = {
  ReplenishmentRuleSet: {
    type: 'ReplenishmentRuleSet',
    sku: 'TEE-1',
    locationId: 'BER',
    rule: {
      method: 'periodic',
      min: 5,
      max: 60,
      reorderPoint: 20,
      orderUpTo: 60,
      safetyStock: 4,
      leadTimeDays: 3,
      leadTimeStdDays: 0.5,
      reviewPeriodDays: 7,
      serviceLevel: 0.95,
      packSize: 24,
      minOrderQuantity: 24,
      maxOrderQuantity: 240,
      source: { kind: 'purchase', supplierId: 'ACME' },
      mode: 'approve',
    },
    by: 'ann',
    nextReviewAt: at,
  },
  ReplenishmentEvaluated: { type: 'ReplenishmentEvaluated', supersededId: 'rep_0', order: replenishment, nextReviewAt: at + 604_800_000 },
  ReplenishmentRequested: {
    type: 'ReplenishmentRequested',
    sku: 'TEE-1',
    locationId: 'BER',
    order: { ...replenishment, status: 'approved' },
    requestHash: 'c0ffee',
  },
  ReplenishmentApproved: { type: 'ReplenishmentApproved', orderId: 'rep_1', quantity: 24, by: 'bob', reason: 'for the fair' },
  ReplenishmentRejected: { type: 'ReplenishmentRejected', orderId: 'rep_1', by: 'bob', reason: 'end of season' },
  ReplenishmentPlaced: { type: 'ReplenishmentPlaced', orderId: 'rep_1', transferId: 'tr_1' },
  ReplenishmentStarted: { type: 'ReplenishmentStarted', orderId: 'rep_1' },
  ReplenishmentReceived: { type: 'ReplenishmentReceived', orderId: 'rep_1' },
  ReplenishmentCancelStarted: { type: 'ReplenishmentCancelStarted', orderId: 'rep_1', by: 'bob', reason: 'ordered by hand' },
  ReplenishmentCancelled: { type: 'ReplenishmentCancelled', orderId: 'rep_1' },
};
export const holdCallSamples: Samples<HoldCallEvent> = {
  HoldCallStarted: {
    type: 'HoldCallStarted',
    holdId: 'hold_1',
    holdType: 'recall',
    reason: 'glass in the bottle',
    reference: 'QA-118',
    erpReference: 'M-7',
    expectedReleaseAt: at,
    mayUncoverPromises: true,
    createdBy: 'key_17',
    person: 'anna',
    lines: [{ sku: 'TEE-1', locationId: 'BER', quantity: 4 }],
    requestHash: 'c0ffee',
  },
  HoldCallCompleted: {
    type: 'HoldCallCompleted',
    outcomes: [{ line: 1, refusal: { code: 'insufficient_stock', requested: 4, available: 2 }, quantityHeld: 0, uncoveredPromises: 0 }],
  },
};

const location = {
  locationId: 'BER',
  name: 'Berlin',
  kind: 'warehouse',
  priority: 10,
  sellableBeforePutAway: false,
  timeZone: 'Europe/Berlin',
  blocked: true,
  latitude: 52.52,
  longitude: 13.405,
  country: 'DE',
  postalCode: '10115',
  region: 'north',
} as const;

export const locationSamples: Samples<LocationEvent> = {
  LocationRegistered: { type: 'LocationRegistered', ...location },
  LocationChanged: { type: 'LocationChanged', ...location },
  BinsSet: {
    type: 'BinsSet',
    locationId: 'BER',
    bins: [
      {
        binId: 'A-01',
        kind: 'storage',
        sequence: 10,
        capacityUnits: 40,
        allowMixedSkus: true,
        allowMixedLots: false,
        sellable: true,
        fixedSkus: ['MILK'],
        blocked: false,
      },
    ],
  },
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

export const countSamples: Samples<CountEvent> = {
  CountBatchCreated: {
    type: 'CountBatchCreated',
    batchId: 'cc_1',
    locationId: 'BER',
    name: 'aisle 4',
    blind: true,
    freeze: true,
    assignedTo: 'u1',
    autoAccept: true,
    postedBack: false,
    createdBy: 'u2',
    lines: [{ lineId: '1', sku: 'TEE-1', class: 'A', tolerancePct: 1, valueLimitMinor: 5_000, costMinor: 1_000 }],
    requestHash: 'c0ffee',
  },
  CountStarted: { type: 'CountStarted', by: 'u1' },
  CountsRecorded: {
    type: 'CountsRecorded',
    by: 'u1',
    counts: [
      {
        lineId: '1',
        quantity: 93,
        countedAt: at,
        book: { revision: 41, units: 100, reservedUnits: 3, unpickedUnits: 2, staleBy: 'level' },
        pickedUnits: 3,
        awaitingPickUnits: 0,
      },
    ],
  },
  CountLineAdded: { type: 'CountLineAdded', by: 'u1', line: { lineId: '2', sku: 'TEE-2', class: 'C', tolerancePct: 5 }, commandId },
  CountLineRemoved: { type: 'CountLineRemoved', by: 'u1', lineId: '2' },
  CountSubmitted: {
    type: 'CountSubmitted',
    by: 'u1',
    lines: [{ lineId: '1', outcome: 'recount', entry: 0, book: 100, variance: -7, within: false }],
  },
  CountLinesResolved: {
    type: 'CountLinesResolved',
    by: 'u2',
    lines: [
      {
        lineId: '1',
        outcome: 'accept',
        entry: 1,
        book: 100,
        variance: -7,
        within: false,
        pickedUnits: 3,
        awaitingPickUnits: 0,
        reasonCode: 'missing',
        reason: 'not found in aisle 4',
      },
    ],
  },
  CountLinesBooked: { type: 'CountLinesBooked', lines: [{ lineId: '1', entry: 1, delta: -7, onHand: 91 }] },
  CountStockHeld: { type: 'CountStockHeld', lines: [{ lineId: '1', sku: 'TEE-1', held: true }] },
  CountStockReleased: { type: 'CountStockReleased', lines: ['1'] },
  CountBatchCancelled: { type: 'CountBatchCancelled', by: 'u2' },
};

export const eventSamples = {
  stock: Object.values(skuSamples),
  order: Object.values(orderSamples),
  transfer: Object.values(transferSamples),
  request: Object.values(requestSamples),
  count: Object.values(countSamples),
  adjustment: Object.values(adjustmentSamples),
  replrule: Object.values(replenishmentSamples),
  hold: Object.values(holdCallSamples),
  putaway: Object.values(putAwaySamples),
  bin: Object.values(binSamples),
  locations: Object.values(locationSamples),
  channels: Object.values(channelSamples),
} as const;
