import type { ChannelPolicy } from './policy.js';

/** A tenant's sales channels. Stream `channels-{tenant}`. */
export type ChannelEvent = ChannelEnabled | ChannelChanged | ChannelDisabled;

export interface Channel {
  readonly channelId: string;
  readonly name: string;
  /** E.g. `webhook`. */
  readonly channelType: string;
  readonly policy: ChannelPolicy;
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
