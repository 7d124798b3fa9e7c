import { useMemo } from 'react';
import { faultsOf } from './faults.js';

/**
 * Faults by field, and what belongs to none. The same objects until another error comes: a form shows anew what arrives anew, and a fault
 * that is shown keeps it from being sent.
 * @param fields the same list each time
 */
export function useFaults(
  error: Error | null,
  fields: readonly string[],
): { readonly named: Readonly<Record<string, string>>; readonly other: string | undefined } {
  return useMemo(() => {
    const { '': other, ...named } = faultsOf(error, fields);
    return { named, other };
  }, [error, fields]);
}
