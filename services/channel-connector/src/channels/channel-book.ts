import { versionedCodec, type EventStore, type Position } from '@holdfast/event-store';
import {
  decideChannels,
  evolveChannels,
  initialChannels,
  type ChannelCommand,
  type ChannelEvent,
  type ChannelsState,
  type PutChannel,
} from '@holdfast/inventory';
import { StreamProcessor, type ProcessedCommand } from '@holdfast/ledger';
import { Problem } from '@holdfast/platform';

export interface WrittenBy {
  readonly tenant: string;
  readonly actor: string;
  readonly commandId: string;
  readonly at: number;
}

export interface KnownChannels {
  readonly channels: ChannelsState;
  readonly position: Position;
}

const streamOf = (tenant: string): string => `channels-${tenant}`;

/** A tenant's channels and their policies, as its event stream says. */
export class ChannelBook {
  private readonly streams: StreamProcessor<ChannelsState, ChannelCommand & ProcessedCommand, ChannelEvent>;

  constructor(eventStore: EventStore) {
    const definition = { initial: initialChannels, decide: decideChannels, evolve: evolveChannels, codec: versionedCodec<ChannelEvent>() };
    this.streams = new StreamProcessor<ChannelsState, ChannelCommand & ProcessedCommand, ChannelEvent>(definition, { eventStore });
  }

  /** @throws EventStoreUnavailable */
  async read(tenant: string): Promise<KnownChannels> {
    const { state, position } = await this.streams.read(streamOf(tenant));
    return { channels: state, position };
  }

  /** @throws Problem 409 `too_many_channels`, 400 `invalid_policy` */
  async put(command: PutChannel, { tenant, actor, at, commandId }: WrittenBy): Promise<KnownChannels> {
    const outcome = await this.streams.execute(streamOf(tenant), tenant, { ...command, at, commandId }, { actor });
    if (outcome.kind === 'accepted') return { channels: outcome.state, position: outcome.position };
    const status = outcome.code === 'too_many_channels' ? 409 : 400;
    throw new Problem(status, outcome.code, 'The channel cannot be put like this', { details: [outcome.details] });
  }
}
