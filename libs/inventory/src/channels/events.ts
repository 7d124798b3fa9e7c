import type { SourceRule } from '../sku/sources/source-policy.js';
import type { ChannelPolicy, ChannelTtl } from './policy.js';

/** A tenant's sales channels. Stream `channels-{tenant}`. */
export type ChannelEvent = ChannelEnabled | ChannelChanged | ChannelDisabled;

export interface Channel {
  readonly channelId: string;
  readonly name: string;
  /** E.g. `webhook`. */
  readonly channelType: string;
  readonly policy: ChannelPolicy;
  /** How its reservations find their locations; by priority when not given. */
  readonly sourcePolicy?: SourceRule;
  /** How long its reservations may live; the limits of every reservation when not given. */
  readonly ttl?: ChannelTtl;
}

export interface ChannelEnabled extends Channel {
  readonly type: 'ChannelEnabled';
}

export interface ChannelChanged extends Channel {
  readonly type: 'ChannelChanged';
}

export interface ChannelDisabled {
  readonly type: 'ChannelDisabled';
  readonly channelId: string;
}
