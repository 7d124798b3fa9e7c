import pg from 'pg';

/** Counts named statements from now on, of every connection in this process, by their names. */
export function countStatements(): { readonly counts: Readonly<Record<string, number>>; stop(): Readonly<Record<string, number>> } {
  const query = pg.Client.prototype.query;
  const counts: Record<string, number> = {};
  pg.Client.prototype.query = function (this: pg.Client, ...given: Parameters<typeof query>) {
    const [first] = given as readonly unknown[];
    if (typeof first === 'object' && first !== null && 'name' in first && typeof first.name === 'string') {
      counts[first.name] = (counts[first.name] ?? 0) + 1;
    }
    return query.apply(this, given);
  } as typeof query;
  return {
    counts,
    stop: () => {
      pg.Client.prototype.query = query;
      return counts;
    },
  };
}
