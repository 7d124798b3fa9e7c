import { STREAMS } from '@holdfast/contracts';
import type { EventStore, Position } from '@holdfast/event-store';
import {
  decideChannels,
  evolveChannels,
  initialChannels,
  type ChannelEvent,
  type ChannelsState,
  type DisableChannel,
} from '@holdfast/inventory';
import { StreamProcessor, type ProcessedCommand } from '@holdfast/ledger';
import { Problem } from '@holdfast/platform';
import { changedChannel, invalidField, type ChannelChanges } from './channel-changes.js';

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

/** A field that is left out keeps its value in the state on which the command is decided. */
interface ChangeChannel {
  readonly type: 'ChangeChannel';
  readonly channelId: string;
  readonly changes: ChannelChanges;
}

type ChannelCommand = ChangeChannel | DisableChannel;

const decide = (state: ChannelsState, command: ChannelCommand): ReturnType<typeof decideChannels> =>
  decideChannels(
    state,
    command.type === 'DisableChannel'
      ? command
      : { type: 'PutChannel', ...changedChannel(command.channelId, command.changes, state.get(command.channelId)) },
  );

const STATUSES: Readonly<Record<string, number>> = { too_many_channels: 409, unknown_channel: 404 };

/** Reads and changes a tenant's channels and their policies, which its event stream stores. */
export class TenantChannels {
  private readonly streams: StreamProcessor<ChannelsState, ChannelCommand & ProcessedCommand, ChannelEvent>;

  constructor(eventStore: EventStore) {
    const definition = { initial: initialChannels, decide, evolve: evolveChannels, codec: STREAMS.channels };
    this.streams = new StreamProcessor<ChannelsState, ChannelCommand & ProcessedCommand, ChannelEvent>(definition, { eventStore });
  }

  /** @throws EventStoreUnavailable */
  async read(tenant: string): Promise<KnownChannels> {
    const { state, position } = await this.streams.read(STREAMS.channels.streamOf(tenant));
    return { channels: state, position };
  }

  /** Enables the channel and applies the changes. @throws Problem 409 `too_many_channels`, 400 `invalid_policy` */
  put(channelId: string, changes: ChannelChanges, by: WrittenBy): Promise<KnownChannels> {
    return this.execute({ type: 'ChangeChannel', channelId, changes }, by);
  }

  /** @throws Problem 404 `unknown_channel` */
  disable(channelId: string, by: WrittenBy): Promise<KnownChannels> {
    return this.execute({ type: 'DisableChannel', channelId }, by);
  }

  private async execute(command: ChannelCommand, { tenant, actor, at, commandId }: WrittenBy): Promise<KnownChannels> {
    const outcome = await this.streams.execute(STREAMS.channels.streamOf(tenant), tenant, { ...command, at, commandId }, { actor });
    if (outcome.kind === 'accepted') return { channels: outcome.state, position: outcome.position };
    if (outcome.code === 'invalid_policy' && outcome.details['field'] === 'lowThreshold')
      throw invalidField('policy.lowThreshold', 'must not be below criticalThreshold');
    const status = STATUSES[outcome.code] ?? 400;
    throw new Problem(status, outcome.code, 'The channel cannot be put like this', { details: [outcome.details] });
  }
}
