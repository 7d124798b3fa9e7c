import { holdfast } from '../../app/holdfast.js';

/** One channel, for its head and its settings alike. */
export const channelQuery = (channelId: string) => ({
  queryKey: ['channel', channelId],
  queryFn: async () => await holdfast.channels.get(channelId),
});
