import { decideTransfer, type TransferCommand, type TransferPhase, type TransferState } from '@holdfast/inventory';
import { ProcessBusy, uuidOf, type Lease, type ProcessRef, type ProcessTable } from '@holdfast/kit';
import { Problem } from '@holdfast/platform';
import type { BinChanges } from './bin-changes.js';
import type { ShortLine, SkuSteps } from './sku-steps.js';
import type { TransferOutcome, TransferRef, TransferStreams } from './transfer-streams.js';

export interface Driven {
  readonly outcome: TransferOutcome;
  /** Lines that kept a shipment from going; what else had been shipped is back. */
  readonly short: readonly ShortLine[];
}

/**
 * Carries a transfer through its phases. A phase ending in -ing means: decided, and to be carried out in the streams of the SKUs. After any
 * interruption, running it again leads to the same end.
 */
export class TransferProcess {
  constructor(
    private readonly streams: TransferStreams,
    private readonly steps: SkuSteps,
    private readonly table: Pick<ProcessTable, 'hold'>,
    private readonly now: () => number,
    /** Called once all that was in transit is back, before the transfer ends; what it throws is tried again. */
    private readonly onReturn: (ref: TransferRef, state: TransferState) => Promise<void> = () => Promise.resolve(),
    private readonly bins?: Pick<BinChanges, 'move'>,
  ) {}

  /**
   * Finishes what was interrupted, decides the command, carries it out.
   *
   * @param expectedVersion of the transfer as the caller saw it; with another, nothing is done but what was decided already
   */
  run(ref: TransferRef, command: TransferCommand, actor: string, expectedVersion?: number): Promise<Driven> {
    return this.hold(ref, async (lease) => {
      const other = expectedVersion === undefined ? undefined : await this.otherVersion(ref, command, expectedVersion);
      if (other !== undefined) return other;
      await this.finish(ref, lease);
      const outcome = await this.streams.execute(ref, command, actor);
      return outcome.kind === 'refused' ? { outcome, short: [] } : this.finish(ref, lease);
    });
  }

  /** The refusal where the transfer has another version. A command that is already satisfied is not refused: its answer may have been lost. */
  private async otherVersion(ref: TransferRef, command: TransferCommand, expectedVersion: number): Promise<Driven | undefined> {
    const { record, position } = await this.streams.read(ref);
    const { state, version } = record;
    if (version === expectedVersion) return undefined;
    const decision = decideTransfer(state, command);
    if (decision.kind === 'accepted' && decision.events.length === 0) return undefined;
    const details = { expectedVersion, version };
    return { outcome: { kind: 'refused', code: 'version_mismatch', details, record, position }, short: [] };
  }

  /** Finishes what was interrupted. */
  resume(ref: TransferRef): Promise<Driven> {
    return this.hold(ref, (lease) => this.finish(ref, lease));
  }

  /** @throws Problem 409 `transfer_busy` when another works on it for longer than is worth waiting */
  private async hold(ref: TransferRef, work: (lease: Lease) => Promise<Driven>): Promise<Driven> {
    try {
      return await this.table.hold(processOf(ref), work);
    } catch (error) {
      if (!(error instanceof ProcessBusy)) throw error;
      throw new Problem(409, 'transfer_busy', 'Somebody else is working on this transfer; try again shortly');
    }
  }

  private async finish(ref: TransferRef, lease: Lease): Promise<Driven> {
    const { record, position } = await this.streams.read(ref);
    const { state } = record;
    switch (state.phase) {
      case 'moving': {
        if (this.bins === undefined) throw new Error('this process moves nothing between bins');
        const unmoved = await this.bins.move(ref, state, lease);
        return this.report(ref, lease, state.phase, state.transferId, { type: 'CompleteMove', unmoved });
      }
      case 'shipping':
        return state.turnedBack === undefined ? this.ship(ref, state, lease) : this.sendBack(ref, state, state.turnedBack, lease);
      case 'receiving': {
        const receiptId = state.running?.receiptId ?? '';
        await this.steps.receive(ref, state, lease);
        return this.report(ref, lease, state.phase, receiptId, { type: 'CompleteReceipt', receiptId });
      }
      case 'cancelling':
        await this.steps.sendBack(ref, state, lease);
        await this.onReturn(ref, state);
        return this.report(ref, lease, state.phase, state.shipmentId, { type: 'CompleteCancel' });
      case 'closing':
        await this.steps.close(ref, state, lease);
        return this.report(ref, lease, state.phase, state.shipmentId, { type: 'CompleteClose' });
      case 'none':
      case 'created':
      case 'in_transit':
      case 'received':
      case 'cancelled':
      case 'closed':
        return { outcome: { kind: 'accepted', record, position }, short: [] };
      default:
        return state.phase satisfies never;
    }
  }

  /** Ships every line, or decides to send back what was shipped and does so. */
  private async ship(ref: TransferRef, state: TransferState, lease: Lease): Promise<Driven> {
    const short = await this.steps.ship(ref, state, lease);
    if (short.length === 0)
      return this.report(ref, lease, state.phase, state.shipmentId, { type: 'CompleteShipment', shipmentId: state.shipmentId });
    const turned = await this.report(ref, lease, 'turning_back', state.shipmentId, {
      type: 'TurnShipmentBack',
      shipmentId: state.shipmentId,
      lines: short,
    });
    if (turned.outcome.kind === 'refused') return turned;
    return this.sendBack(ref, state, short, lease);
  }

  private async sendBack(ref: TransferRef, state: TransferState, short: readonly ShortLine[], lease: Lease): Promise<Driven> {
    await this.steps.sendBack(ref, state, lease);
    const failed = await this.report(ref, lease, state.phase, state.shipmentId, { type: 'FailShipment', shipmentId: state.shipmentId });
    return { ...failed, short };
  }

  /** The command's id comes from what it reports on: told twice, it is one event. */
  private async report(
    ref: TransferRef,
    lease: Lease,
    phase: TransferPhase | 'turning_back',
    about: string,
    result: Report,
  ): Promise<Driven> {
    await lease.confirm();
    const commandId = uuidOf(JSON.stringify(['transfer', ref.tenant, ref.transferId, phase, about]));
    return { outcome: await this.streams.execute(ref, { ...result, at: this.now(), commandId }), short: [] };
  }
}

const processOf = ({ tenant, transferId }: TransferRef): ProcessRef => ({ tenant, id: transferId });

type Unstamped<Command> = Command extends TransferCommand ? Omit<Command, 'at' | 'commandId'> : never;
type Reported =
  'CompleteMove' | 'CompleteShipment' | 'TurnShipmentBack' | 'FailShipment' | 'CompleteReceipt' | 'CompleteCancel' | 'CompleteClose';
type Report = Unstamped<Extract<TransferCommand, { type: Reported }>>;
