/** One trouble of one subject at one stage; `0` where it has no stages. Times are epoch milliseconds. */
export interface TroubleKey {
  readonly tenant: string;
  readonly subject: string;
  readonly stage: number;
}

export interface TroubleChanges<Seen, Told> {
  readonly begins: readonly Seen[];
  readonly ends: readonly Told[];
}

/**
 * Compares the troubles that there are with those that were told: each is told when it begins and when it is over, and not in between.
 * @param isComplete whether `seen` are all that the tenant has: else none of its can be said to be over
 */
export function troubleChanges<Seen extends TroubleKey, Told extends TroubleKey>(
  seen: readonly Seen[],
  told: readonly Told[],
  isComplete: (tenant: string) => boolean,
): TroubleChanges<Seen, Told> {
  const [seenKeys, toldKeys] = [new Set(seen.map(keyOf)), new Set(told.map(keyOf))];
  return {
    begins: seen.filter((trouble) => !toldKeys.has(keyOf(trouble))),
    ends: told.filter((trouble) => isComplete(trouble.tenant) && !seenKeys.has(keyOf(trouble))),
  };
}

const keyOf = ({ tenant, subject, stage }: TroubleKey): string => JSON.stringify([tenant, subject, stage]);
