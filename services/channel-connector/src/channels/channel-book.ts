import type { ChannelsState, PutChannel } from '@holdfast/inventory';

export interface WrittenBy {
  readonly tenant: string;
  readonly actor: string;
  readonly commandId: string;
  readonly at: number;
}

/** A tenant's channels and their policies, as its event stream says. */
export abstract class ChannelBook {
  abstract read(tenant: string): Promise<{ readonly channels: ChannelsState; readonly position: bigint }>;
  /** @throws Problem for a policy that cannot be */
  abstract put(command: PutChannel, by: WrittenBy): Promise<{ readonly channels: ChannelsState; readonly position: bigint }>;
}
