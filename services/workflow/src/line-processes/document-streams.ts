import type { EventCodec } from '@holdfast/contracts';
import type { EventStore, Position } from '@holdfast/event-store';
import type { Decision } from '@holdfast/inventory';
import type { ProcessRef } from '@holdfast/kit';
import { StreamProcessor, type ProcessedCommand } from '@holdfast/ledger';

/** A document with its times, epoch milliseconds. */
export interface DocumentRecord<State> {
  readonly state: State;
  /** Of its first event. */
  readonly createdAt: number;
  readonly updatedAt: number;
}

export interface KnownDocument<State> {
  readonly record: DocumentRecord<State>;
  readonly revision: number;
  readonly position: Position;
}

export type DocumentOutcome =
  { readonly kind: 'accepted' } | { readonly kind: 'refused'; readonly code: string; readonly details: Readonly<Record<string, unknown>> };

/** An outcome with the document as it is after it. */
export type KnownOutcome<State> = DocumentOutcome & Omit<KnownDocument<State>, 'revision'>;

export interface DocumentFamily<State, Command, Event extends { readonly type: string }> {
  readonly initial: () => State;
  readonly decide: (state: State, command: Command) => Decision<Event>;
  readonly evolve: (state: State, event: Event) => State;
  readonly codec: EventCodec<Event> & { streamOf(tenant: string, id: string): string };
  readonly size: (state: State) => number;
}

/** The streams of one kind of document, such as adjustments. */
export class DocumentStreams<State, Command extends ProcessedCommand, Event extends { readonly type: string }> {
  private readonly streams: StreamProcessor<DocumentRecord<State>, Command, Event>;

  constructor(
    private readonly family: DocumentFamily<State, Command, Event>,
    eventStore: EventStore,
  ) {
    const { initial, decide, evolve, codec, size } = family;
    const definition = {
      initial: (): DocumentRecord<State> => ({ state: initial(), createdAt: 0, updatedAt: 0 }),
      decide: ({ state }: DocumentRecord<State>, command: Command) => decide(state, command),
      evolve: ({ state, createdAt }: DocumentRecord<State>, event: Event, at: number): DocumentRecord<State> => ({
        state: evolve(state, event),
        createdAt: createdAt === 0 ? at : createdAt,
        updatedAt: at,
      }),
      codec,
      size: ({ state }: DocumentRecord<State>) => size(state),
    };
    this.streams = new StreamProcessor<DocumentRecord<State>, Command, Event>(definition, { eventStore });
  }

  /** @throws EventStoreUnavailable */
  async read({ tenant, id }: ProcessRef): Promise<KnownDocument<State>> {
    const { state, revision, position } = await this.streams.read(this.family.codec.streamOf(tenant, id));
    return { record: state, revision, position };
  }

  /** @throws EventStoreUnavailable when the outcome is unknown; the same command may be sent again */
  async execute({ tenant, id }: ProcessRef, command: Command, actor?: string): Promise<KnownOutcome<State>> {
    const context = actor === undefined ? {} : { actor };
    const outcome = await this.streams.execute(this.family.codec.streamOf(tenant, id), tenant, command, context);
    const known = { record: outcome.state, position: outcome.position };
    return outcome.kind === 'accepted'
      ? { kind: 'accepted', ...known }
      : { kind: 'refused', code: outcome.code, details: outcome.details, ...known };
  }

  drain(): Promise<void> {
    return this.streams.drain();
  }
}
