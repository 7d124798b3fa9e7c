import type { Source, SourceRule } from '@holdfast/inventory';
import { uuidOf } from '@holdfast/kit';
import { SOLD_BACK_MS } from '../limits.js';
import type { LinePart } from './line-parts.js';
import type { OrderRef } from './order-line.js';

/** A line whose units are to be taken from stock, or given back. */
export interface SoldLine extends OrderRef {
  readonly lineId: string;
  readonly sku: string;
  /** Our locations that the order names; none where it names none. */
  readonly locationIds: readonly string[];
  readonly sources: readonly Source[];
  readonly sourceRule: SourceRule | undefined;
  /** What was done for the lines of this order so far. */
  readonly done: readonly LinePart[];
  /** When the channel sold it, by `soldTime`; missing: when it is booked. */
  readonly soldAt?: number;
}

/**
 * When units of an order were sold, as commands take it, so that none is refused for its time. A time ahead of ours is now; one that lies
 * further back than commands take is left out. @param orderedAt what the channel says, null where it has not said so; epoch milliseconds
 */
export const soldTime = (orderedAt: number | null, now: number): Pick<SoldLine, 'soldAt'> =>
  orderedAt === null || orderedAt < now - SOLD_BACK_MS ? {} : { soldAt: Math.min(orderedAt, now) };

/** The time of the sale as commands take it. */
export const saidTime = ({ soldAt }: SoldLine): Pick<SoldLine, 'soldAt'> => (soldAt === undefined ? {} : { soldAt });

/** Marks reservations that are placed here for what a channel has sold. */
const OURS = 'channel order';

export const requestHashOf = (commandId: string): string => `${OURS} ${commandId}`;
export const isOurs = (requestHash: string): boolean => requestHash.startsWith(`${OURS} `);

/** The same for the same step of the same line, whoever does it. */
export const idOf = (
  { tenant, channelId, orderId, lineId }: OrderRef & { readonly lineId: string },
  number: number,
  step: string,
): string => uuidOf(`${OURS}|${JSON.stringify([tenant, channelId, orderId, lineId, number, step])}`);

/** As reservations of one SKU are named by the reservation service, so that they can be asked for there. */
export const reservationIdOf = (sku: string, uuid: string): string => `rs_${Buffer.from(sku, 'utf8').toString('base64url')}.${uuid}`;
