import { useQuery } from '@tanstack/react-query';
import { holdfast } from './holdfast.js';
import { useMay } from './signed-in.js';

/** Channels to choose from; none where the caller may not see them. */
export function useChannels(): readonly { readonly channelId: string; readonly name: string }[] {
  const enabled = useMay('channels.read');
  const { data } = useQuery({ queryKey: ['channels'], queryFn: async () => await holdfast.channels.list(), enabled });
  return data?.channels ?? [];
}
