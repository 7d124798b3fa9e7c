import { outlookOf, type NamedLot, type OrderLine } from '@holdfast/inventory';
import type { CommitReservation, ExtendReservation, ReleaseReservation, SkuState, Source } from '@holdfast/inventory';
import type { Position } from '@holdfast/event-store';
import type { Outcome, SkuLedger, SkuRef } from '@holdfast/ledger';
import type { Clock } from '@holdfast/kit';
import type { OrderRequest, OrderWish } from '../orders/environment.js';
import { isLimitCode, refusedByLimit } from './limit-refusals.js';
import { refusedOrder, refusedWish, unknownReservation } from './refusals.js';
import { isOrderReservation, singleReservationId } from '@holdfast/contracts';
import { shortLine } from './short-line.js';
import type { Forgotten } from './forgotten.js';
import { ofSku, type Reservation } from './view.js';

export interface Answer {
  readonly reservation: Reservation;
  /** Of the newest event that the answer reflects. */
  readonly position: Position;
  /** Made by an earlier request for the same order: this one holds nothing. */
  readonly isEarlier?: true;
}

/** Units to commit, and how; all that is held where no quantity is given. */
export interface AskedUnits {
  readonly quantity?: number | undefined;
  readonly lots?: readonly NamedLot[];
  readonly allowUncovered?: boolean;
  /** When they were sold, epoch milliseconds. */
  readonly soldAt?: number;
}

type Wished = CommitReservation | ReleaseReservation | ExtendReservation;

/** Name of the state that a request leads to. */
const WISHED_STATUS = { CommitReservation: 'committed', ReleaseReservation: 'released', ExtendReservation: 'held' } as const;

/** Reservations of one SKU: a single decision and a single append in the SKU's own stream. */
export class SingleSku {
  constructor(
    private readonly ledger: SkuLedger,
    private readonly forgotten: Forgotten,
    private readonly clock: Clock,
    private readonly sources: (tenant: string) => readonly Source[],
  ) {}

  /** @throws Problem 409 `insufficient_stock` or the code of the limit that binds, 404 `unknown_sku`; LedgerBusy, EventStoreUnavailable */
  async reserve(line: { readonly sku: string; readonly quantity: number }, request: OrderRequest): Promise<Answer> {
    const { tenant, orderId, ttlMs, requestHash, partial, backorder, channelId, locationId, sourceRule, destination, holderId } = request;
    const { commandId, context, soldAt } = request;
    const reservationId = singleReservationId(line.sku, commandId);
    const at = this.clock.now();
    const ref = { tenant, sku: line.sku };
    const outcome = await this.ledger.execute(
      ref,
      {
        type: 'PlaceReservation',
        at,
        commandId,
        reservationId,
        orderId,
        quantity: line.quantity,
        ttlMs,
        requestHash,
        sources: this.sources(tenant),
        ...(partial ? { partial } : {}),
        ...(backorder === true ? { backorder } : {}),
        ...(channelId === undefined ? {} : { channelId }),
        ...(locationId === undefined ? {} : { locationId }),
        ...(sourceRule === undefined ? {} : { sourceRule }),
        ...(destination === undefined ? {} : { destination }),
        ...(holderId === undefined ? {} : { holderId }),
        ...(soldAt === undefined ? {} : { soldAt }),
      },
      context,
    );
    if (outcome.kind === 'accepted') return this.answer(ref, reservationId, outcome);
    const { code, details } = outcome;
    if (code === 'order_held') return this.heldAlready(ref, line, outcome);
    if (code === 'insufficient_stock' || code === 'unknown_sku') throw refusedOrder([shortLine(line, outcome)]);
    throw isLimitCode(code) ? refusedByLimit(line.sku, code, details) : refusedWish(reservationId, code, details);
  }

  /** The order's own reservation of the same units, as it is now. @throws Problem 409 `order_held` where it is of other units */
  private async heldAlready(ref: SkuRef, line: OrderLine, refused: Extract<Outcome, { kind: 'refused' }>): Promise<Answer> {
    const short = shortLine(line, refused);
    const { reservationId = '' } = short;
    const isSame = refused.details['requested'] === line.quantity && !isOrderReservation(reservationId);
    if (!isSame) throw refusedOrder([short]);
    return { ...(await this.answer(ref, reservationId, refused)), isEarlier: true };
  }

  /** @throws Problem 404 `unknown_reservation` */
  async find(ref: SkuRef, reservationId: string): Promise<Answer> {
    const { state, position } = await this.ledger.read(ref);
    const reservation = this.view(ref.sku, reservationId, state) ?? (await this.forgotten.find(ref, reservationId));
    if (reservation === undefined) throw unknownReservation(reservationId);
    return { reservation, position };
  }

  commit(ref: SkuRef, wish: OrderWish, { quantity, lots, allowUncovered, soldAt }: AskedUnits = {}): Promise<Answer> {
    return this.carryOut(ref, wish, {
      ...this.command(wish),
      type: 'CommitReservation',
      ...(quantity === undefined ? {} : { quantity }),
      ...(lots === undefined ? {} : { lots }),
      ...(allowUncovered === undefined ? {} : { allowUncovered }),
      ...(soldAt === undefined ? {} : { soldAt }),
    });
  }

  release(ref: SkuRef, wish: OrderWish, quantity?: number): Promise<Answer> {
    return this.carryOut(ref, wish, {
      ...this.command(wish),
      type: 'ReleaseReservation',
      ...(quantity === undefined ? {} : { quantity }),
    });
  }

  extend(ref: SkuRef, wish: OrderWish, ttlMs: number): Promise<Answer> {
    return this.carryOut(ref, wish, { ...this.command(wish), type: 'ExtendReservation', ttlMs });
  }

  private command({ ref, commandId }: OrderWish): { at: number; commandId: string; reservationId: string } {
    return { at: this.clock.now(), commandId, reservationId: ref.reservationId };
  }

  private async carryOut(ref: SkuRef, { context }: OrderWish, command: Wished): Promise<Answer> {
    const outcome = await this.ledger.execute(ref, command, context);
    const { reservationId } = command;
    if (outcome.kind === 'accepted') return this.answer(ref, reservationId, outcome);
    if (outcome.code !== 'unknown_reservation') throw refusedWish(reservationId, outcome.code, outcome.details);
    const reservation = await this.forgotten.find(ref, reservationId);
    if (reservation === undefined) throw unknownReservation(reservationId);
    // The state of the SKU has forgotten the reservation, but its outcome is known: a repeat is answered, a contradiction refused.
    if (reservation.status === WISHED_STATUS[command.type]) return { reservation, position: outcome.position };
    throw refusedWish(reservationId, `reservation_${reservation.status}`, {});
  }

  private async answer(ref: SkuRef, reservationId: string, { state, position }: Outcome): Promise<Answer> {
    const reservation = this.view(ref.sku, reservationId, state) ?? (await this.forgotten.find(ref, reservationId));
    if (reservation === undefined) throw new Error(`${reservationId} was accepted and cannot be found`);
    return { reservation, position };
  }

  private view(sku: string, reservationId: string, state: SkuState): Reservation | undefined {
    const known = state.reservations.get(reservationId) ?? state.ended.get(reservationId);
    if (known === undefined) return undefined;
    const now = this.clock.now();
    return ofSku(sku, known, now, outlookOf(state, reservationId, now));
  }
}
