import type { Source, SourceRule } from '@holdfast/inventory';
import { uuidOf } from '@holdfast/kit';
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
}

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
