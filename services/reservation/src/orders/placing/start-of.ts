import type { StartOrder } from '@holdfast/inventory';
import type { OrderEnvironment, OrderRequest } from '../environment.js';
import type { OrderRef } from '../order-ref.js';

/** The first step of a try. Its id does not follow from the request: of two processes that serve repeats, one must find the other's. */
export function startOf(env: Pick<OrderEnvironment, 'clock' | 'newId'>, ref: OrderRef, request: OrderRequest): StartOrder {
  const { lines, orderId, ttlMs, partial, channelId, locationId, holderId, requestHash } = request;
  return {
    type: 'StartOrder',
    at: env.clock.now(),
    commandId: env.newId(),
    reservationId: ref.reservationId,
    orderId,
    lines,
    ttlMs,
    partial,
    requestHash,
    ...(channelId === undefined ? {} : { channelId }),
    ...(locationId === undefined ? {} : { locationId }),
    ...(holderId === undefined ? {} : { holderId }),
  };
}
