import { unitsInTransit, type TransferState } from '@holdfast/inventory';
import { uuidOf } from '@holdfast/kit';
import { requestOfReservation } from '@holdfast/warehouse';
import type { TransferRef } from '../../transfers/transfer-streams.js';
import type { RequestStreams } from './request-streams.js';

/** Who the history of a request names for what its transfers did. */
const TRANSFERS_ACTOR = 'transfers';

/** Tells requests which of their units came back by the cancellation of a transfer. */
export class ReturnedShipments {
  constructor(
    private readonly streams: RequestStreams,
    private readonly now: () => number,
  ) {}

  /** @throws Error while another step of the request is under way: then it is to be told again */
  async tell({ tenant, transferId }: TransferRef, { lines }: TransferState): Promise<void> {
    const requests = new Map<string, { readonly sku: string; readonly quantity: number }[]>();
    for (const line of lines) {
      if (line.reservationId === undefined || unitsInTransit(line) === 0) continue;
      const requestId = requestOfReservation(line.reservationId);
      const units = requests.get(requestId) ?? [];
      units.push({ sku: line.sku, quantity: unitsInTransit(line) });
      requests.set(requestId, units);
    }
    for (const [requestId, units] of requests) {
      const commandId = uuidOf(JSON.stringify(['request', tenant, requestId, 'returned', transferId]));
      const command = { type: 'ReturnRequestShipment', transferId, lines: units, by: TRANSFERS_ACTOR, at: this.now(), commandId } as const;
      const outcome = await this.streams.execute({ tenant, requestId }, command, TRANSFERS_ACTOR);
      if (outcome.kind === 'refused') throw new Error(`${requestId} cannot take back units of ${transferId} now: ${outcome.code}`);
    }
  }
}
