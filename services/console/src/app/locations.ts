import { useQuery } from '@tanstack/react-query';
import { holdfast } from './holdfast.js';
import { useMay } from './signed-in.js';

const MOST = 100;

/** Locations to choose from, in the order in which they serve; none where the caller may not see them. */
export function useLocations(): readonly { readonly id: string; readonly name: string; readonly kind: string }[] {
  const enabled = useMay('locations.read');
  const { data } = useQuery({ queryKey: ['locations'], queryFn: async () => await holdfast.locations.list({ limit: MOST }), enabled });
  return data?.items ?? [];
}
