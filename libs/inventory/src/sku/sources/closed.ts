/** Locations of which nothing may leave, whatever lies there: blocked ones, and those for destruction. As the caller knows them. */
export type Closed = ReadonlySet<string>;

export const NONE_CLOSED: Closed = new Set();

/** All of both. */
export const alsoClosed = (some: Closed, others: Closed): Closed =>
  some.size === 0 ? others : others.size === 0 ? some : new Set([...some, ...others]);
