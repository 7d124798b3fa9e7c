import type {
  AtpChanged,
  ChannelAtpChanged,
  CommitCommand,
  ErpMessage,
  ExtendCommand,
  ChannelAlert,
  ErpAlert,
  ErpReading,
  LowStockAlert,
  ReleaseCommand,
  ReservationResult,
  ReserveCommand,
  WarehouseAlert,
} from '../src/index.js';

const commandId = '5b7f5c9e-0d7e-5c3b-9d0e-0c8f6a2d4e11';
const explained = [{ locationId: 'BER', quantity: 2, because: 'first by priority' }];
const erpBase = { messageId: 'sap-4711', connectionId: 'sap', warehouseId: '0001', sku: 'TEE-1', quantity: 12 };
const time = '2026-03-01T08:30:00Z';
const atp: AtpChanged = {
  sku: 'TEE-1',
  locationId: 'BER',
  onHand: 40,
  reserved: 2,
  held: 4,
  available: 34,
  safetyStock: 3,
  inTransit: 0,
  version: 7,
  position: '4711',
  causes: ['sap-4711'],
};
const channelAtp: ChannelAtpChanged = {
  sku: 'TEE-1',
  channelId: 'web',
  atp: 30,
  locations: [
    { locationId: 'BER', atp: 20 },
    { locationId: 'HAM', atp: 10 },
  ],
  version: 4,
  position: '4711',
};
const alert: Required<LowStockAlert> = {
  kind: 'oversell_risk',
  sku: 'TEE-1',
  locationId: 'BER',
  available: -2,
  threshold: 10,
  ruleId: 'shirts',
  recoveredFrom: 'low_stock',
  suppressed: 2,
  channelId: 'shop',
  orderId: 'gid://shopify/Order/1',
  uncoveredUnits: 2,
};
const erpAlert: ErpAlert = {
  kind: 'erp_silent',
  connectionId: 'sap-eu',
  since: '2026-03-02T08:15:00.000Z',
  says: 'no answer within 60000 ms',
};

const erpReading: Required<ErpReading> = { connectionId: 'sap-eu', locationIds: ['BER', 'HAM'], asOf: time, staleAfterSeconds: 300 };

const warehouseAlert: Required<WarehouseAlert> = {
  kind: 'recovered',
  recoveredFrom: 'expiring_soon',
  subject: 'TEE-1~BER~L7',
  figure: 6,
  since: time,
  sku: 'TEE-1',
  locationId: 'BER',
  lotId: 'L7',
  expiryDate: '2026-05-31',
  documentId: 'sr_1',
  says: 'no transfer can be made',
};

const channelAlert: Required<ChannelAlert> = {
  kind: 'sync_failing',
  channelId: 'shop',
  since: time,
  says: 'the access token is refused',
  failures: 12,
  openEntries: 0,
  oldestAt: time,
};
const reservationId = 'rs_VEVFLTE.5b7f5c9e-0d7e-5c3b-9d0e-0c8f6a2d4e11';
const reserve: Required<ReserveCommand> = {
  items: [{ sku: 'TEE-1', quantity: 2 }],
  orderId: 'order-1001',
  ttl: 900,
  channelId: 'web',
  locationId: 'BER',
  destination: { latitude: 52.52, longitude: 13.405, country: 'DE', postalCode: '10115', region: 'north' },
  holderId: 'customer-7',
  partial: true,
  backorder: true,
  soldAt: '2026-09-01T11:58:00Z',
};
const commit: Required<CommitCommand> = {
  reservationId,
  lines: [{ sku: 'TEE-1', quantity: 1, lots: [{ lotId: 'L7', quantity: 1 }], allowUncovered: true }],
  lots: [{ lotId: 'L7', quantity: 1 }],
  allowUncovered: true,
  soldAt: '2026-09-01T11:58:00Z',
};
const release: Required<ReleaseCommand> = { reservationId, lines: [{ sku: 'TEE-1', quantity: 1 }] };
const extend: ExtendCommand = { reservationId, ttl: 900 };
const result: Required<ReservationResult> = {
  commandId,
  command: { source: 'urn:shop:web', id: 'c-1', kind: 'reserve' },
  outcome: 'done',
  status: 201,
  reservation: {
    reservationId,
    orderId: 'order-1001',
    status: 'held',
    expiresAt: time,
    channelId: 'web',
    lines: [{ sku: 'TEE-1', requested: 3, quantity: 2, committed: 0, sources: explained, waiting: { quantity: 1, expectedAt: time } }],
  },
  position: '4711',
  error: { code: 'insufficient_stock', message: 'Not enough stock of TEE-1', details: [{ sku: 'TEE-1', available: 1 }] },
};
const lot = { lotId: 'L7', expiryDate: '2026-05-31' };
const erpMessages: readonly ErpMessage[] = [
  { type: 'level', ...erpBase, asOf: time, documentId: 'M1' },
  { type: 'receipt', ...erpBase, postedAt: time, documentId: 'po-77', inboundReference: 'po-77', ...lot },
  { type: 'issue', ...erpBase, postedAt: time, documentId: 'gi-12', orderId: 'order-1001', ...lot },
];

/** Data of a message of each type. */
export const messageSamples: Readonly<Record<string, object>> = {
  ...Object.fromEntries(erpMessages.map((message) => [`holdfast.erp.${message.type}.v1`, message])),
  'holdfast.inventory.atp.v1': atp,
  'holdfast.inventory.channel-atp.v1': channelAtp,
  'holdfast.inventory.alert.v1': alert,
  'holdfast.channel.alert.v1': channelAlert,
  'holdfast.erp.alert.v1': erpAlert,
  'holdfast.warehouse.alert.v1': warehouseAlert,
  'holdfast.erp.reading.v1': erpReading,
  'holdfast.reservation.reserve.v1': reserve,
  'holdfast.reservation.commit.v1': commit,
  'holdfast.reservation.release.v1': release,
  'holdfast.reservation.extend.v1': extend,
  'holdfast.reservation.result.v1': result,
};
