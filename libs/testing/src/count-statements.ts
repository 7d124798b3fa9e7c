import pg from 'pg';

export interface CountedStatements {
  /** By name. */
  readonly counts: Readonly<Record<string, number>>;
  /** The values of each call of the statement, in order. */
  valuesOf(name: string): readonly (readonly unknown[])[];
  stop(): Readonly<Record<string, number>>;
}

/** Counts named statements from now on, of every connection in this process. */
export function countStatements(): CountedStatements {
  const query = pg.Client.prototype.query;
  const counts: Record<string, number> = {};
  const values = new Map<string, (readonly unknown[])[]>();
  pg.Client.prototype.query = function (this: pg.Client, ...given: Parameters<typeof query>) {
    const [first] = given as readonly unknown[];
    if (typeof first === 'object' && first !== null && 'name' in first && typeof first.name === 'string') {
      counts[first.name] = (counts[first.name] ?? 0) + 1;
      const calls = values.get(first.name) ?? [];
      calls.push('values' in first ? (first.values as readonly unknown[]) : []);
      values.set(first.name, calls);
    }
    return query.apply(this, given);
  } as typeof query;
  return {
    counts,
    valuesOf: (name) => values.get(name) ?? [],
    stop: () => {
      pg.Client.prototype.query = query;
      return counts;
    },
  };
}
