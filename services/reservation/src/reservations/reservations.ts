import type { CommitLine, KnownChannel, NamedLot, OrderLine, OrderState, ShortLine } from '@holdfast/inventory';
import type { Position } from '@holdfast/event-store';
import type { Clock } from '@holdfast/kit';
import type { Problem } from '@holdfast/platform';
import type { OrderRequest, OrderWish } from '../orders/environment.js';
import type { OrderStep } from '../orders/order-streams.js';
import type { Orders } from '../orders/orders.js';
import { OrderRejected } from '../orders/placing/first-try.js';
import { foldCommitLines, foldLines, foldLots } from './folding.js';
import {
  disabledChannel,
  refusedOrder,
  refusedLines,
  refusedWish,
  unknownChannel,
  unknownLocation,
  unknownReservation,
  unplacedLots,
  waitingOrder,
} from './refusals.js';
import { isOrderReservation, parseReservationId } from '@holdfast/contracts';
import { installed, ttlWithin } from './channel-settings.js';
import type { Answer, SingleSku } from './single-sku.js';
import { soldTime } from './sold-time.js';
import { ofOrder } from './view.js';

/** Looks up the locations and channels of a tenant. */
export interface Directory {
  hasLocation(tenant: string, locationId: string): Promise<boolean>;
  channel(tenant: string, channelId: string): Promise<KnownChannel | undefined>;
}

/** A request to reserve. Without a time to live, the default of its channel applies. */
export type AskedOrder = Omit<OrderRequest, 'ttlMs' | 'sourceRule' | 'soldAt'> & { readonly ttlMs?: number; readonly soldAt?: string };

/** What a commit asks for: the lines, else all that is held. Lots beside the lines are of a reservation of one SKU. */
export interface AskedCommit {
  readonly lines?: readonly CommitLine[];
  readonly lots?: readonly NamedLot[];
  readonly allowUncovered?: boolean;
  /** RFC 3339. */
  readonly soldAt?: string;
}

/** Reservations as callers see them, whether one SKU or many. Everything thrown is a Problem, LedgerBusy or EventStoreUnavailable. */
export class Reservations {
  constructor(
    private readonly single: SingleSku,
    private readonly orders: Orders,
    private readonly directory: Directory,
    private readonly clock: Clock,
  ) {}

  /**
   * @throws Problem 409 `insufficient_stock` with the figures of each short line, `channel_disabled`; 404 for an unknown SKU, location or
   * channel; 400 where several SKUs shall wait
   */
  async reserve(asked: AskedOrder): Promise<Answer> {
    const { soldAt, ...order } = asked;
    const { tenant, locationId, channelId } = order;
    const sold = soldTime(soldAt, this.clock.now());
    if (locationId !== undefined && !(await this.directory.hasLocation(tenant, locationId))) throw unknownLocation(locationId);
    const channel = channelId === undefined ? undefined : await this.directory.channel(tenant, channelId);
    if (channelId !== undefined && channel === undefined) throw unknownChannel(channelId);
    if (channel?.enabled === false) throw disabledChannel(channel.channelId);
    const rule = channel?.sourcePolicy;
    const request = {
      ...order,
      ...sold,
      lines: foldLines(asked.lines),
      ttlMs: ttlWithin(channel, asked.ttlMs),
      ...(rule === undefined ? {} : { sourceRule: installed(rule) }),
    };
    const [only, ...others] = request.lines;
    if (request.backorder === true && others.length > 0) throw waitingOrder();
    return only !== undefined && others.length === 0 ? this.single.reserve(only, request) : this.reserveOrder(request);
  }

  async find(tenant: string, reservationId: string): Promise<Answer> {
    const id = parseReservationId(reservationId);
    if (id === undefined) throw unknownReservation(reservationId);
    if (id.kind === 'single') return this.single.find({ tenant, sku: id.sku }, reservationId);
    const { state, position } = await this.orders.find({ tenant, reservationId });
    const reservation = ofOrder(state, this.clock.now());
    if (reservation === undefined) throw unknownReservation(reservationId);
    return { reservation, position };
  }

  /**
   * Commits all held units, or the lines given.
   * @throws Problem 409 `reservation_<state>`, `quantity_exceeds_open`, and what is in the way of each line: holds, lots
   */
  async commit(wish: OrderWish, { lines, lots, allowUncovered, soldAt }: AskedCommit = {}): Promise<Answer> {
    const { tenant, reservationId } = wish.ref;
    const id = parseReservationId(reservationId);
    if (id === undefined) throw unknownReservation(reservationId);
    if (lots !== undefined && (id.kind === 'order' || lines !== undefined)) throw unplacedLots();
    const sold = soldTime(soldAt, this.clock.now());
    const allowed = allowUncovered === true ? { allowUncovered } : {};
    const folded = lines && foldCommitLines(lines).map((line) => ({ ...line, ...allowed }));
    if (id.kind === 'order') {
      const all = folded === undefined ? allowed : { lines: folded };
      return this.answer(wish, await this.orders.commit(wish, { ...all, ...sold }));
    }
    const asked = folded?.[0] ?? { ...allowed, ...(lots === undefined ? {} : { lots: foldLots(lots) }) };
    return this.single.commit({ tenant, sku: id.sku }, wish, { ...asked, ...sold, quantity: quantityOf(reservationId, id.sku, folded) });
  }

  /** Releases all held units, or the lines given. @throws as `commit` */
  async release(wish: OrderWish, lines?: readonly OrderLine[]): Promise<Answer> {
    const { tenant, reservationId } = wish.ref;
    const id = parseReservationId(reservationId);
    if (id === undefined) throw unknownReservation(reservationId);
    const folded = lines && foldLines(lines);
    if (id.kind === 'order') return this.answer(wish, await this.orders.release(wish, folded));
    return this.single.release({ tenant, sku: id.sku }, wish, quantityOf(reservationId, id.sku, folded));
  }

  /** Gives the hold a new time to live, counted from now; an earlier end than the present one changes nothing. @throws as `release` */
  async extend(wish: OrderWish, ttlMs: number): Promise<Answer> {
    const { tenant, reservationId } = wish.ref;
    const id = parseReservationId(reservationId);
    if (id === undefined) throw unknownReservation(reservationId);
    await this.checkExtension(wish, ttlMs);
    if (id.kind === 'order') return this.answer(wish, await this.orders.extend(wish, ttlMs));
    return this.single.extend({ tenant, sku: id.sku }, wish, ttlMs);
  }

  /** The bounds of the reservation's channel hold for each new time to live, too. */
  private async checkExtension({ ref: { tenant, reservationId } }: OrderWish, ttlMs: number): Promise<void> {
    const { channelId } = (await this.find(tenant, reservationId)).reservation;
    if (channelId !== undefined) ttlWithin(await this.directory.channel(tenant, channelId), ttlMs);
  }

  private async reserveOrder(request: OrderRequest): Promise<Answer> {
    const { ref, order } = await this.orders.reserve(request).catch((error: unknown) => {
      throw error instanceof OrderRejected ? refusedWish('', error.code, error.details) : error;
    });
    if (order.state.phase !== 'refused') return this.viewOf(ref.reservationId, order);
    const earlier = await this.earlierOf(request, order.state.short);
    if (earlier === undefined) throw refusedOrder(order.state.short);
    return { ...earlier, isEarlier: true };
  }

  /** The reservation that the order has already, where it is of the same lines. */
  private async earlierOf({ tenant, lines }: OrderRequest, short: readonly ShortLine[]): Promise<Answer | undefined> {
    const reservationId = short.find(({ code }) => code === 'order_held')?.reservationId;
    if (reservationId === undefined || !isOrderReservation(reservationId)) return undefined;
    const own = await this.orders.find({ tenant, reservationId });
    return isOfLines(own.state, lines) ? this.viewOf(reservationId, own) : undefined;
  }

  private answer({ ref }: OrderWish, step: OrderStep): Answer {
    if (step.kind === 'refused') throw refusalOf(ref.reservationId, step);
    return this.viewOf(ref.reservationId, step.order);
  }

  private viewOf(reservationId: string, { state, position }: OrderStep['order'] & { position: Position }): Answer {
    const reservation = ofOrder(state, this.clock.now());
    if (reservation === undefined) throw unknownReservation(reservationId);
    return { reservation, position };
  }
}

/** Whether the order has these lines, in any sequence. */
const isOfLines = (order: OrderState, lines: readonly OrderLine[]): boolean =>
  order.lines.length === lines.length &&
  lines.every(({ sku, quantity }) => order.lines.some((line) => line.sku === sku && line.requested === quantity));

/** Units of the one SKU's line; undefined for all. @throws Problem 409 `quantity_exceeds_open` for a line of another SKU */
function quantityOf(reservationId: string, own: string, lines: readonly OrderLine[] | undefined): number | undefined {
  const stranger = lines?.find(({ sku }) => sku !== own);
  if (stranger === undefined) return lines?.[0]?.quantity;
  throw refusedWish(reservationId, 'quantity_exceeds_open', { sku: stranger.sku, requested: stranger.quantity, open: 0 });
}

const refusalOf = (reservationId: string, { code, details, lines }: Extract<OrderStep, { kind: 'refused' }>): Problem =>
  lines === undefined ? refusedWish(reservationId, code, details) : refusedLines(reservationId, code, lines);
