import { STREAMS } from '@holdfast/contracts';
import type { EventStore, Position } from '@holdfast/event-store';
import { decideTransfer, type TransferCommand, type TransferEvent } from '@holdfast/inventory';
import { StreamProcessor, type Timing } from '@holdfast/ledger';
import { evolveRecord, initialRecord, type TransferRecord } from './transfer-record.js';

export interface TransferRef {
  readonly tenant: string;
  readonly transferId: string;
}

export interface KnownTransfer {
  readonly record: TransferRecord;
  readonly position: Position;
}

export type TransferOutcome =
  | (KnownTransfer & { readonly kind: 'accepted' })
  | (KnownTransfer & { readonly kind: 'refused'; readonly code: string; readonly details: Readonly<Record<string, unknown>> });

const streamOf = ({ tenant, transferId }: TransferRef): string => STREAMS.transfer.streamOf(tenant, transferId);

/** The streams of transfers. */
export class TransferStreams {
  private readonly streams: StreamProcessor<TransferRecord, TransferCommand, TransferEvent>;

  /** @param timing the clock of the queues; the system's unless given */
  constructor(eventStore: EventStore, timing?: Timing) {
    const definition = {
      initial: initialRecord,
      decide: ({ state }: TransferRecord, command: TransferCommand) => decideTransfer(state, command),
      evolve: evolveRecord,
      codec: STREAMS.transfer,
      size: ({ state }: TransferRecord) => state.lines.length,
    };
    this.streams = new StreamProcessor<TransferRecord, TransferCommand, TransferEvent>(definition, {
      eventStore,
      ...(timing === undefined ? {} : { timing }),
    });
  }

  /** @throws EventStoreUnavailable */
  async read(ref: TransferRef): Promise<KnownTransfer> {
    const { state, position } = await this.streams.read(streamOf(ref));
    return { record: state, position };
  }

  /** @throws EventStoreUnavailable when the outcome is unknown; the same command may be sent again */
  async execute(ref: TransferRef, command: TransferCommand, actor?: string): Promise<TransferOutcome> {
    const outcome = await this.streams.execute(streamOf(ref), ref.tenant, command, actor === undefined ? {} : { actor });
    const known = { record: outcome.state, position: outcome.position };
    return outcome.kind === 'accepted'
      ? { kind: 'accepted', ...known }
      : { kind: 'refused', code: outcome.code, details: outcome.details, ...known };
  }

  drain(): Promise<void> {
    return this.streams.drain();
  }
}
