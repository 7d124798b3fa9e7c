import type { TransferCommand } from '@holdfast/inventory';
import { uuidOf } from '@holdfast/kit';
import type { RequestState, ShortRequestLine } from '@holdfast/warehouse';
import type { TransferProcess } from '../../transfers/transfer-process.js';
import type { TransferRef, TransferStreams } from '../../transfers/transfer-streams.js';
import type { RequestRef } from './request-streams.js';

type Shipment = Extract<NonNullable<RequestState['running']>, { kind: 'shipment' }>;

export interface ShippedByTransfer {
  readonly transferId: string;
  readonly short: readonly ShortRequestLine[];
}

/** Ships lines of requests as transfers whose units the requests hold. A transfer is received, closed or cancelled as any other. */
export class RequestTransfers {
  constructor(
    private readonly streams: TransferStreams,
    private readonly process: TransferProcess,
    private readonly now: () => number,
  ) {}

  /** Whether the transfer of the shipment that is under way exists: then units may have left already. */
  async isBegun(ref: RequestRef, state: RequestState, { shipmentId }: Shipment): Promise<boolean> {
    return (await this.streams.read(transferOf(ref, state, shipmentId))).record.state.phase !== 'none';
  }

  /** Ships all lines of the shipment, or none. Repeated, it goes on where it was, and never ships twice. */
  async ship(ref: RequestRef, state: RequestState, shipment: Shipment): Promise<ShippedByTransfer> {
    const transfer = transferOf(ref, state, shipment.shipmentId);
    const { transferId } = transfer;
    await this.create(transfer, state, shipment);
    const { record } = await this.streams.read(transfer);
    const wasShipped = record.state.lines.some(({ returned }) => returned > 0);
    switch (record.state.phase) {
      case 'created':
      case 'shipping': {
        // An attempt that was turned back ends this shipment: the request decides on the next.
        if (record.state.attempts > 0 && record.state.phase === 'created') break;
        const { outcome, short } = await this.process.run(transfer, this.command(transfer, 'StartShipment'), shipment.by);
        if (outcome.kind === 'accepted' && short.length === 0) return { transferId, short: [] };
        break;
      }
      case 'cancelled':
        if (wasShipped) return { transferId, short: [] };
        break;
      default:
        return { transferId, short: [] };
    }
    await this.process.run(transfer, this.command(transfer, 'StartCancel'), shipment.by);
    return { transferId, short: shipment.lines.map((line) => notShipped(state, line)) };
  }

  private async create(transfer: TransferRef, state: RequestState, shipment: Shipment): Promise<void> {
    const lines = shipment.lines.map(({ lineId, quantity }) => {
      const line = state.lines.find((candidate) => candidate.lineId === lineId);
      return { sku: line?.sku ?? '', quantity, reservationId: line?.reservationId ?? '' };
    });
    const outcome = await this.streams.execute(
      transfer,
      {
        type: 'CreateTransfer',
        transferId: transfer.transferId,
        fromLocationId: state.fromLocationId,
        toLocationId: state.toLocationId ?? '',
        lines,
        note: state.number,
        requestHash: transfer.transferId,
        createdBy: shipment.by,
        at: this.now(),
        commandId: uuidOf(`${transfer.transferId}|create`),
      },
      shipment.by,
    );
    if (outcome.kind === 'refused') throw new Error(`the transfer ${transfer.transferId} of a stock request was refused: ${outcome.code}`);
  }

  private command({ transferId }: TransferRef, type: 'StartShipment' | 'StartCancel'): TransferCommand {
    return { type, at: this.now(), commandId: uuidOf(`${transferId}|${type}`) };
  }
}

/** A transfer that was turned back has ended, so a shipment that begins again, at another time, has another. */
const transferOf = ({ tenant, requestId }: RequestRef, { phaseSince }: RequestState, shipmentId: string): TransferRef => ({
  tenant,
  transferId: `tr_${uuidOf(JSON.stringify(['request', tenant, requestId, shipmentId, phaseSince]))}`,
});

const notShipped = ({ lines }: RequestState, { lineId, quantity }: Shipment['lines'][number]): ShortRequestLine => ({
  lineId,
  sku: lines.find((line) => line.lineId === lineId)?.sku ?? '',
  requested: quantity,
  available: 0,
  code: 'shipment_turned_back',
});
