import type { SkuCommand } from '@holdfast/inventory';

let made = 0;
const nextId = (): string => `command-${(made += 1)}`;

export const AT = 1_700_000_000_000;

export const receive = (quantity: number): SkuCommand => {
  const commandId = nextId();
  return { type: 'ReceiveStock', at: AT, commandId, locationId: 'BER', quantity, effectiveAt: AT, messageId: commandId };
};

export const place = (reservationId: string, quantity = 1): SkuCommand => ({
  type: 'PlaceReservation',
  at: AT,
  commandId: nextId(),
  reservationId,
  orderId: `order-${reservationId}`,
  quantity,
  ttlMs: 900_000,
  requestHash: `${quantity}`,
  sources: [{ locationId: 'BER', priority: 1 }],
});

export const commit = (reservationId: string): SkuCommand => ({ type: 'CommitReservation', at: AT, commandId: nextId(), reservationId });
