import { STREAMS } from '@holdfast/contracts';
import type { RecordedEvent } from '@holdfast/event-store';
import {
  balanceChanges,
  effectiveTime,
  evolveSku,
  figureOf,
  initialSkuState,
  Movements,
  ON_HAND_STEPS,
  onHandStep,
  placeAt,
  reservationEffect,
} from '@holdfast/inventory';
import type { SkuEvent, SkuState, StockMovement } from '@holdfast/inventory';
import type { AsOfBalance } from './as-of-balance.js';
import { GrowingColumn, Names } from './growing-column.js';

/** No channel, or no reservation. */
export const NONE = 0;
/** The step of an opening. */
export const EARLIER = ON_HAND_STEPS.length;

/** Stands for the events before the first one of a part of a stream. */
export interface Opening {
  /** Revision of the first event after it. */
  readonly firstRevision: number;
  /** When the first event of the stream was recorded, epoch milliseconds. */
  readonly recordedAt: number;
  readonly balances: readonly AsOfBalance[];
}

/**
 * The stream of a SKU in columns, for questions about the past: some 100 bytes an event. Appended to in the order of the stream and never
 * changed, so that a question may read the part that it knows while events are added.
 */
export class SkuHistory {
  /** After the newest event; `add` changes it in place. Not kept of a part of a stream. */
  readonly state: SkuState = initialSkuState();
  readonly locations = new Names();
  /** The first name stands for no channel. */
  readonly channels = new Names();

  private readonly movements = new Movements();
  private readonly recordedAt = new GrowingColumn();
  /** Earliest time at which units moved, by this event and those before it. */
  private readonly earliest = new GrowingColumn();
  private readonly step = new GrowingColumn();
  private readonly channel = new GrowingColumn();
  private readonly reservation = new GrowingColumn();
  /** By number of the reservation: index of the event that placed it. */
  private readonly placedBy = new GrowingColumn();
  /** By number of the reservation. */
  private readonly channelBy = new GrowingColumn();
  /** Numbers of the reservations that are open. */
  private readonly openReservations = new Map<string, number>();

  private readonly event = new GrowingColumn();
  private readonly effectiveAt = new GrowingColumn();
  private readonly location = new GrowingColumn();
  private readonly onHand = new GrowingColumn();
  private readonly reserved = new GrowingColumn();
  private readonly inTransit = new GrowingColumn();
  private readonly held = new GrowingColumn();
  private readonly safetyStock = new GrowingColumn();
  /** What a count or a figure says lay there; not a number for other movements. */
  private readonly figure = new GrowingColumn();

  /** @param opening of a part of a stream, of which only the present may be asked */
  constructor(private readonly opening?: Opening) {
    this.channels.numberOf('');
    this.placedBy.push(0);
    this.channelBy.push(NONE);
    if (opening === undefined) return;
    const movements = opening.balances.map(({ locationId, ...units }) => ({ place: placeAt(locationId), effectiveAt: 0, ...units }));
    this.push(movements, { recordedAt: opening.recordedAt, step: EARLIER, channel: NONE, reservation: NONE, figure: Number.NaN });
  }

  get events(): number {
    return this.recordedAt.length;
  }

  get movementCount(): number {
    return this.event.length;
  }

  get reservationCount(): number {
    return this.placedBy.length;
  }

  /** @throws UnreadableEvent */
  add(recorded: RecordedEvent): void {
    const event = STREAMS.stock.decode(recorded);
    const { at } = recorded.metadata;
    const { recordedAt } = recorded;
    const owner = this.ownerOf(event);
    const movements = this.opening === undefined ? this.movements.of(this.state, event, at, recordedAt) : present(event, at, recordedAt);
    this.push(movements, { recordedAt, step: ON_HAND_STEPS.indexOf(onHandStep(event)), figure: figureOf(event) ?? Number.NaN, ...owner });
    if (this.opening === undefined) evolveSku(this.state, event, at);
    if ('reservationId' in event && reservationEffect(event).ended !== undefined) this.openReservations.delete(event.reservationId);
  }

  /** Revision of the first event; above 0 for a part of a stream. */
  get firstRevision(): number {
    return this.opening?.firstRevision ?? 0;
  }

  /** Undefined for the opening. */
  revisionOf(event: number): number | undefined {
    if (this.opening === undefined) return event;
    return event === 0 ? undefined : this.opening.firstRevision + event - 1;
  }

  recordedAtOf(event: number): number {
    return this.recordedAt.at(event);
  }

  /** Earliest time at which units moved by the events up to this one; the opening of a part counts as of its record. */
  earliestOf(event: number): number {
    return this.earliest.at(event);
  }

  stepOf(event: number): number {
    return this.step.at(event);
  }

  channelOf(event: number): number {
    return this.channel.at(event);
  }

  reservationOf(event: number): number {
    return this.reservation.at(event);
  }

  placedByOf(reservation: number): number {
    return this.placedBy.at(reservation);
  }

  eventOf(movement: number): number {
    return this.event.at(movement);
  }

  effectiveAtOf(movement: number): number {
    return this.effectiveAt.at(movement);
  }

  locationOf(movement: number): number {
    return this.location.at(movement);
  }

  onHandOf(movement: number): number {
    return this.onHand.at(movement);
  }

  reservedOf(movement: number): number {
    return this.reserved.at(movement);
  }

  heldOf(movement: number): number {
    return this.held.at(movement);
  }

  inTransitOf(movement: number): number {
    return this.inTransit.at(movement);
  }

  safetyStockOf(movement: number): number {
    return this.safetyStock.at(movement);
  }

  /** Not a number where the movement is of no count and no figure. */
  figureOf(movement: number): number {
    return this.figure.at(movement);
  }

  private push(movements: readonly StockMovement[], event: EventColumns): void {
    const isOpening = event.step === EARLIER;
    let earliest = this.events === 0 ? event.recordedAt : this.earliest.at(this.events - 1);
    for (const movement of movements) {
      this.event.push(this.events);
      if (!isOpening) earliest = Math.min(earliest, movement.effectiveAt);
      this.effectiveAt.push(movement.effectiveAt);
      this.location.push(this.locations.numberOf(movement.place.locationId));
      this.onHand.push(movement.onHand);
      this.reserved.push(movement.reserved);
      this.inTransit.push(movement.inTransit);
      this.held.push(movement.held);
      this.safetyStock.push(movement.safetyStock);
      this.figure.push(event.figure);
    }
    this.earliest.push(earliest);
    this.step.push(event.step);
    this.channel.push(event.channel);
    this.reservation.push(event.reservation);
    this.recordedAt.push(event.recordedAt);
  }

  private ownerOf(event: SkuEvent): Pick<EventColumns, 'channel' | 'reservation'> {
    if (!('reservationId' in event)) return { channel: NONE, reservation: NONE };
    const { reservationId } = event;
    if (event.type === 'ReservationPlaced') {
      this.openReservations.set(reservationId, this.placedBy.length);
      this.placedBy.push(this.events);
      this.channelBy.push(this.channelNumber(event.channelId));
    }
    const reservation = this.openReservations.get(reservationId);
    if (reservation !== undefined) return { channel: this.channelBy.at(reservation), reservation };
    return { channel: this.channelNumber(this.state.ended.get(reservationId)?.channelId), reservation: NONE };
  }

  private channelNumber(channelId: string | undefined): number {
    return channelId === undefined ? NONE : this.channels.numberOf(channelId);
  }
}

interface EventColumns {
  readonly recordedAt: number;
  readonly step: number;
  readonly channel: number;
  readonly reservation: number;
  readonly figure: number;
}

/** What an event means for the present alone: where in the past its units moved does not matter. */
const present = (event: SkuEvent, at: number, recordedAt: number): readonly StockMovement[] =>
  balanceChanges(event).map(({ place, onHand, reserved, inTransit, held = 0 }) => ({
    place,
    effectiveAt: effectiveTime(event, at, recordedAt),
    onHand,
    reserved,
    inTransit,
    held,
    safetyStock: 0,
  }));
