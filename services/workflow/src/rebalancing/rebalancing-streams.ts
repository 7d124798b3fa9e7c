import { STREAMS } from '@holdfast/contracts';
import type { EventStore, Position } from '@holdfast/event-store';
import { StreamProcessor } from '@holdfast/ledger';
import {
  decideRebalancing,
  evolveRebalancing,
  initialRebalancing,
  type RebalancingCommand,
  type RebalancingEvent,
  type RebalancingState,
} from '@holdfast/warehouse';

export interface PolicyRef {
  readonly tenant: string;
  readonly policyId: string;
}

export interface KnownPolicy {
  readonly state: RebalancingState;
  readonly position: Position;
}

export type RebalancingOutcome =
  | (KnownPolicy & { readonly kind: 'accepted' })
  | (KnownPolicy & { readonly kind: 'refused'; readonly code: string; readonly details: Readonly<Record<string, unknown>> });

/** Who the log names for what runs did. */
export const RUN_ACTOR = 'rebalancing';

const streamOf = ({ tenant, policyId }: PolicyRef): string => STREAMS.rebalance.streamOf(tenant, policyId);

/** The streams of policies. */
export class RebalancingStreams {
  private readonly streams: StreamProcessor<RebalancingState, RebalancingCommand, RebalancingEvent>;

  constructor(eventStore: EventStore) {
    const definition = {
      initial: initialRebalancing,
      decide: decideRebalancing,
      evolve: evolveRebalancing,
      codec: STREAMS.rebalance,
      size: ({ proposals }: RebalancingState) => proposals.size,
    };
    this.streams = new StreamProcessor<RebalancingState, RebalancingCommand, RebalancingEvent>(definition, { eventStore });
  }

  /** @throws EventStoreUnavailable */
  async read(ref: PolicyRef): Promise<KnownPolicy> {
    const { state, position } = await this.streams.read(streamOf(ref));
    return { state, position };
  }

  /** @throws EventStoreUnavailable when the outcome is unknown; the same command may be sent again */
  async execute(ref: PolicyRef, command: RebalancingCommand, actor: string): Promise<RebalancingOutcome> {
    const outcome = await this.streams.execute(streamOf(ref), ref.tenant, command, { actor });
    const known = { state: outcome.state, position: outcome.position };
    return outcome.kind === 'accepted'
      ? { kind: 'accepted', ...known }
      : { kind: 'refused', code: outcome.code, details: outcome.details, ...known };
  }

  drain(): Promise<void> {
    return this.streams.drain();
  }
}
