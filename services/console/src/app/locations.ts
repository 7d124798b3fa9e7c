import { useQuery } from '@tanstack/react-query';
import { holdfast } from './holdfast.js';
import { useMay } from './signed-in.js';

const PAGE = 100;
/** More are not offered to choose from. */
const MOST = 1_000;

const readLocations = () => holdfast.locations.list({ limit: PAGE }).first(MOST);

/** Locations to choose from, in the order in which they serve; none where the caller may not see them. */
export function useLocations(): readonly { readonly id: string; readonly name: string; readonly kind: string }[] {
  const enabled = useMay('locations.read');
  const { data } = useQuery({ queryKey: ['locations'], queryFn: readLocations, enabled });
  return data ?? [];
}
