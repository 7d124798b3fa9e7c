import { randomUUID } from 'node:crypto';
import type { EventStore } from '@holdfast/event-store';

type Data = Readonly<Record<string, unknown>>;
const renamed =
  (from: string, to: string) =>
  ({ [from]: value, ...data }: Data): Data => ({ ...data, [to]: value });

/** As if each of these events were at its second version, and its first had called a field by another name. */
export const SECOND_VERSIONS = {
  stock: { ProductDescribed: [renamed('lowStock', 'lowStockThreshold')], ReservationPlaced: [renamed('until', 'expiresAt')] },
  order: { OrderStarted: [renamed('until', 'expiresAt')] },
  transfer: { TransferCreated: [renamed('from', 'fromLocationId')] },
  request: {},
  count: {},
  adjustment: {},
  replrule: {},
  rebalance: {},
  bin: {},
  putaway: {},
  hold: {},
  locations: { LocationRegistered: [renamed('rank', 'priority')] },
  channels: { ChannelEnabled: [renamed('label', 'name')] },
};

export const HOLDS_LIVE_MS = 2_000;
export const ORDER = 'ro_5b7f5c9e-0d7e-4c3b-9d0e-0c8f6a2d4e11';

/** Writes what a Holdfast of the first versions would have left behind; some holds run out soon after `at`. */
export async function writeFirstVersions(store: EventStore, at: number): Promise<void> {
  const until = at + HOLDS_LIVE_MS;
  const append = async (stream: string, events: readonly (readonly [string, Data])[]): Promise<void> => {
    const metadata = { tenant: 'acme', at, commandId: randomUUID() };
    const stored = events.map(([type, data]) => ({ id: randomUUID(), type, data, metadata }));
    const result = await store.append(stream, -1, stored);
    if (result.kind === 'conflict') throw new Error(`${stream} was there before`);
  };
  const received = (messageId: string) =>
    ['StockReceived.v1', { locationId: 'BER', quantity: 3, effectiveAt: at, messageId, acknowledgedUnits: 0, delta: 3 }] as const;
  const held = (reservationId: string) => {
    const takes = [{ locationId: 'BER', quantity: 1, because: 'priority 1' }];
    return ['ReservationPlaced.v1', { reservationId, orderId: 'o-1', requested: 1, takes, until, requestHash: 'h' }] as const;
  };
  const policy = { policyId: 'p', bufferUnits: 0, bufferPercent: 0, lowThreshold: 5, criticalThreshold: 1 };
  const described = { commandId: 'c', verified: true, name: 'Tee', lowStock: 7 };
  const lines = [
    { sku: 'TEE', quantity: 1 },
    { sku: 'CUP', quantity: 1 },
  ];
  const started = { reservationId: ORDER, orderId: 'o-1', lines, ttlMs: HOLDS_LIVE_MS, until, partial: false, requestHash: 'h' };
  const heldLines = lines.map(({ sku }) => ({ sku, requested: 1, takes: [{ locationId: 'BER', quantity: 1, because: 'priority 1' }] }));
  const planned = { transferId: 'tr_1', from: 'BER', toLocationId: 'MAIN', lines, requestHash: 'h' };

  await append('locations-acme', [['LocationRegistered.v1', { locationId: 'BER', name: 'Berlin', kind: 'warehouse', rank: 1 }]]);
  await append('channels-acme', [['ChannelEnabled.v1', { channelId: 'web', label: 'Web shop', channelType: 'webhook', policy }]]);
  await append('transfer-acme.tr_1', [['TransferCreated.v1', planned]]);
  await append(`order-acme.${ORDER}`, [['OrderStarted.v1', started]]);
  await append('stock-acme.TEE', [['ProductDescribed.v1', described], received('m-1'), held('rs_1'), held(ORDER)]);
  await append('stock-acme.CUP', [received('m-2'), held(ORDER)]);
  await store.append(`order-acme.${ORDER}`, 0, [
    {
      id: randomUUID(),
      type: 'OrderHeld.v1',
      data: { lines: heldLines, expiresAt: until },
      metadata: { tenant: 'acme', at, commandId: randomUUID() },
    },
  ]);
}
