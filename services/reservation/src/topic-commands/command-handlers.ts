import { uuidOf } from '@holdfast/kit';
import type { OrderWish } from '../orders/environment.js';
import { askedOrder } from '../reservations/asked-order.js';
import type { Reservations } from '../reservations/reservations.js';
import type { Answer } from '../reservations/single-sku.js';
import type { ReceivedCommand } from './read-command.js';

/** Carries out commands of the topic as the HTTP routes do. */
export class CommandHandlers {
  constructor(private readonly reservations: Pick<Reservations, 'reserve' | 'commit' | 'release' | 'extend'>) {}

  /** @throws Problem for a refusal; LedgerBusy, EventStoreUnavailable: carry it out again later */
  carryOut({ message, tenant, source, id, commandId, requestHash }: ReceivedCommand): Promise<Answer> {
    const context = { actor: `topic:${source}`, correlationId: id };
    const wish = (reservationId: string): OrderWish => ({ ref: { tenant, reservationId }, commandId, context });
    switch (message.type) {
      case 'holdfast.reservation.reserve.v1':
        return this.reserve({ tenant, commandId, requestHash, context }, message.data);
      case 'holdfast.reservation.commit.v1':
        return this.reservations.commit(wish(message.data.reservationId), message.data);
      case 'holdfast.reservation.release.v1':
        return this.reservations.release(wish(message.data.reservationId), message.data.lines);
      case 'holdfast.reservation.extend.v1':
        return this.reservations.extend(wish(message.data.reservationId), message.data.ttl * 1_000);
      default:
        return message satisfies never;
    }
  }

  /** Releases the units that a command took when another process stored a refusal as its first result meanwhile. */
  async withdraw({ tenant, source, id, commandId }: ReceivedCommand, { reservation, isEarlier }: Answer): Promise<void> {
    if (isEarlier === true) return;
    const ref = { tenant, reservationId: reservation.reservationId };
    await this.reservations.release({
      ref,
      commandId: uuidOf(`${commandId}|withdrawn`),
      context: { actor: `topic:${source}`, correlationId: id },
    });
  }

  // Async, so that a fault of the input rejects the promise like any other.
  private async reserve(asking: Parameters<typeof askedOrder>[1], data: Parameters<typeof askedOrder>[0]): Promise<Answer> {
    return this.reservations.reserve(askedOrder(data, asking));
  }
}
