import { STREAMS } from '@holdfast/contracts';
import type { EventStore, Position } from '@holdfast/event-store';
import { StreamProcessor, type Timing } from '@holdfast/ledger';
import { decideCount, type CountCommand, type CountEvent } from '@holdfast/warehouse';
import { evolveRecord, initialRecord, type CountRecord } from './count-record.js';

export interface CountRef {
  readonly tenant: string;
  readonly batchId: string;
}

export interface KnownCount {
  readonly record: CountRecord;
  readonly position: Position;
}

export type CountOutcome =
  | (KnownCount & { readonly kind: 'accepted' })
  | (KnownCount & { readonly kind: 'refused'; readonly code: string; readonly details: Readonly<Record<string, unknown>> });

const streamOf = ({ tenant, batchId }: CountRef): string => STREAMS.count.streamOf(tenant, batchId);

/** The streams of batches of counts. */
export class CountStreams {
  private readonly streams: StreamProcessor<CountRecord, CountCommand, CountEvent>;

  /** @param timing the clock of the queues; the system's unless given */
  constructor(eventStore: EventStore, timing?: Timing) {
    const definition = {
      initial: initialRecord,
      decide: ({ state }: CountRecord, command: CountCommand) => decideCount(state, command),
      evolve: evolveRecord,
      codec: STREAMS.count,
      size: ({ state }: CountRecord) => state.lines.length,
    };
    this.streams = new StreamProcessor<CountRecord, CountCommand, CountEvent>(definition, {
      eventStore,
      ...(timing === undefined ? {} : { timing }),
    });
  }

  /** @throws EventStoreUnavailable */
  async read(ref: CountRef): Promise<KnownCount> {
    const { state, position } = await this.streams.read(streamOf(ref));
    return { record: state, position };
  }

  /** @throws EventStoreUnavailable when the outcome is unknown; the same command may be sent again */
  async execute(ref: CountRef, command: CountCommand, actor?: string): Promise<CountOutcome> {
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
