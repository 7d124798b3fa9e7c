import { useQuery } from '@tanstack/react-query';
import { holdfast } from './holdfast.js';
import { useMay } from './signed-in.js';

/** Channels to choose from; none where the caller may not see them. */
export function useChannels(): readonly { readonly channelId: string; readonly name: string }[] {
  return useChannelsAnswer()?.channels ?? [];
}

/** Kinds of channels that can be connected; undefined until they are known, or where the caller may not see them. */
export const useProviders = (): readonly string[] | undefined => useChannelsAnswer()?.providers;

function useChannelsAnswer() {
  const enabled = useMay('channels.read');
  return useQuery({ queryKey: ['channels'], queryFn: async () => await holdfast.channels.list(), enabled }).data;
}
