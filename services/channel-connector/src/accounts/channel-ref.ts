export interface ChannelRef {
  readonly tenant: string;
  readonly channelId: string;
}

/** Postgres advisory names and maps use it: equal for equal channels only. */
export const keyOf = ({ tenant, channelId }: ChannelRef): string => JSON.stringify([tenant, channelId]);
