import type { ValueOf } from '@holdfast/client';
import { useQuery } from '@tanstack/react-query';
import { holdfast } from '../../app/holdfast.js';
import { useMay } from '../../app/signed-in.js';

export type Reason = ValueOf<'adjustments.reasonCodes'>['reasonCodes'][number];

/** Reasons for which on hand may change; none where the caller may not change it. */
export function useReasons(): readonly Reason[] {
  const enabled = useMay('inventory.adjust');
  const { data } = useQuery({ queryKey: ['reasons'], queryFn: async () => await holdfast.adjustments.reasonCodes(), enabled });
  return data?.reasonCodes ?? [];
}

/** Units with the sign that a reason gives them: what was damaged is always taken out, whoever writes `3` or `-3`. */
export function deltaOf(reason: Pick<Reason, 'direction'> | undefined, units: number): number {
  switch (reason?.direction) {
    case 'in':
      return Math.abs(units);
    case 'out':
      return units === 0 ? 0 : -Math.abs(units);
    default:
      return units;
  }
}
