import { STREAMS } from '@holdfast/contracts';
import type { RecordedEvent } from '@holdfast/event-store';
import { evolveSku, initialSkuState } from '@holdfast/inventory';
import { uuidOf } from '@holdfast/kit';
import { POSITION_HEADER, type RememberedAnswer } from '@holdfast/platform';
import { toAnswer } from '../http/answers.js';
import { MAX_TRIES } from '../limits.js';
import type { OrderStreams } from '../orders/order-streams.js';
import { isOrderReservation, orderReservationId, singleReservationId } from '@holdfast/contracts';
import { ofOrder, ofSku, type Reservation } from '../reservations/view.js';

/** Number of tries whose reservation ids are derived to recognise an order. */
const TRIES_KNOWN = 4 * MAX_TRIES;

/** The events that decided the answer to a request to reserve. */
export const ANSWERED_BY = {
  types: [...STREAMS.stock.storedTypes(['ReservationPlaced']), ...STREAMS.order.storedTypes(['OrderHeld'])],
};

/** A reservation that a keyed request made, whose answer must be stored. */
export interface AnsweredRequest {
  /** Of the answer: the command that the key stands for. */
  readonly id: string;
  readonly event: RecordedEvent;
}

/**
 * The keyed request that made the reservation; undefined where it came without a key, by the topic, or as a part of an order.
 * A request's events carry the id of its command as their correlation; the reservation's id follows from it.
 */
export function answeredRequest(event: RecordedEvent): AnsweredRequest | undefined {
  const { correlationId: id } = event.metadata;
  if (id === undefined) return undefined;
  if (STREAMS.order.holds(event)) {
    const reservationId = STREAMS.order.idOf(event);
    for (let number = 1; number <= TRIES_KNOWN; number += 1) {
      if (orderReservationId(uuidOf(`${id}|try|${number}`)) === reservationId) return { id, event };
    }
    return undefined;
  }
  const placed = STREAMS.stock.decode(event);
  if (placed.type !== 'ReservationPlaced' || isOrderReservation(placed.reservationId)) return undefined;
  return singleReservationId(STREAMS.stock.idOf(event), id) === placed.reservationId ? { id, event } : undefined;
}

/** Makes the answer that the request got, from what was decided then. @throws EventStoreUnavailable */
export async function answerOf({ event }: AnsweredRequest, streams: Pick<OrderStreams, 'asOf'>): Promise<RememberedAnswer> {
  const { tenant, at } = event.metadata;
  if (STREAMS.order.holds(event)) {
    const { state } = await streams.asOf({ tenant, reservationId: STREAMS.order.idOf(event) }, event.revision);
    return answer(ofOrder(state, at), state.requestHash, event);
  }
  const placed = STREAMS.stock.decode(event);
  if (placed.type !== 'ReservationPlaced') throw new Error(`${event.stream} @ ${event.revision} is no reservation`);
  const state = initialSkuState();
  evolveSku(state, placed, at);
  const open = state.reservations.get(placed.reservationId);
  const { waiting } = placed;
  const outlook = waiting && { units: waiting.quantity, expectedAt: waiting.expectedAt };
  return answer(open && ofSku(STREAMS.stock.idOf(event), open, at, outlook), placed.requestHash, event);
}

function answer(
  reservation: Reservation | undefined,
  requestHash: string,
  { stream, revision, position }: RecordedEvent,
): RememberedAnswer {
  if (reservation === undefined) throw new Error(`${stream} @ ${revision} holds nothing`);
  const headers = { [POSITION_HEADER]: position.toString() };
  return { requestHash, status: 201, headers, body: JSON.stringify(toAnswer(reservation)) };
}
