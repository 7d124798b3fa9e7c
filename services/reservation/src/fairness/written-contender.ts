import type { Contender } from './contention.js';

/** A contender without the names of its fields, which are the larger part of it. */
export type WrittenContender = readonly [
  arrival: number,
  arrivedAt: number,
  outcome: Contender['outcome'],
  code: string | null,
  reservationId: string,
  orderId: string,
  channelId: string | null,
  holderId: string | null,
  quantity: number,
];

export const written = ({
  arrival,
  arrivedAt,
  outcome,
  code,
  reservationId,
  orderId,
  channelId,
  holderId,
  quantity,
}: Contender): WrittenContender => [
  arrival,
  arrivedAt,
  outcome,
  code ?? null,
  reservationId,
  orderId,
  channelId ?? null,
  holderId ?? null,
  quantity,
];

export function readAgain([
  arrival,
  arrivedAt,
  outcome,
  code,
  reservationId,
  orderId,
  channelId,
  holderId,
  quantity,
]: WrittenContender): Contender {
  return {
    arrival,
    arrivedAt,
    outcome,
    ...(code === null ? {} : { code }),
    reservationId,
    orderId,
    ...(channelId === null ? {} : { channelId }),
    ...(holderId === null ? {} : { holderId }),
    quantity,
  };
}
