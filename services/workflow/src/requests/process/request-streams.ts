import { STREAMS } from '@holdfast/contracts';
import type { EventStore, Position } from '@holdfast/event-store';
import { StreamProcessor } from '@holdfast/ledger';
import {
  decideRequest,
  evolveRequest,
  initialRequestState,
  type RequestCommand,
  type RequestEvent,
  type RequestState,
} from '@holdfast/warehouse';

export interface RequestRef {
  readonly tenant: string;
  readonly requestId: string;
}

export interface KnownRequest {
  readonly state: RequestState;
  readonly position: Position;
}

export type RequestOutcome =
  | (KnownRequest & { readonly kind: 'accepted' })
  | (KnownRequest & { readonly kind: 'refused'; readonly code: string; readonly details: Readonly<Record<string, unknown>> });

/** Events of a stream that are read at once. */
const PAGE = 500;

const streamOf = ({ tenant, requestId }: RequestRef): string => STREAMS.request.streamOf(tenant, requestId);

/** The streams of stock requests. */
export class RequestStreams {
  private readonly streams: StreamProcessor<RequestState, RequestCommand, RequestEvent>;

  constructor(private readonly eventStore: EventStore) {
    const definition = {
      initial: initialRequestState,
      decide: decideRequest,
      evolve: evolveRequest,
      codec: STREAMS.request,
      size: (state: RequestState) => state.lines.length + state.comments.length + state.shipments.length,
    };
    this.streams = new StreamProcessor<RequestState, RequestCommand, RequestEvent>(definition, { eventStore });
  }

  /** @throws EventStoreUnavailable */
  async read(ref: RequestRef): Promise<KnownRequest> {
    const { state, position } = await this.streams.read(streamOf(ref));
    return { state, position };
  }

  /** @throws EventStoreUnavailable when the outcome is unknown; the same command may be sent again */
  async execute(ref: RequestRef, command: RequestCommand, actor?: string): Promise<RequestOutcome> {
    const outcome = await this.streams.execute(streamOf(ref), ref.tenant, command, actor === undefined ? {} : { actor });
    const known = { state: outcome.state, position: outcome.position };
    return outcome.kind === 'accepted'
      ? { kind: 'accepted', ...known }
      : { kind: 'refused', code: outcome.code, details: outcome.details, ...known };
  }

  /** Whether the stream has what this command decided. @throws EventStoreUnavailable */
  async isDecided(ref: RequestRef, commandId: string): Promise<boolean> {
    for (let from = 0; ; from += PAGE) {
      const events = await this.eventStore.readStream(streamOf(ref), { from, limit: PAGE });
      if (events.some(({ metadata }) => metadata.commandId === commandId)) return true;
      if (events.length < PAGE) return false;
    }
  }

  drain(): Promise<void> {
    return this.streams.drain();
  }
}
