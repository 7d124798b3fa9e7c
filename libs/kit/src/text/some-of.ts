const TOLD_AT_MOST = 10;
const TOLD_OF_ONE = 100;

/** Names for an answer to a person: the first ten, and how many more there are. @param total where more exist than are given */
export function someOf(names: readonly string[], total = names.length): string {
  const told = names.slice(0, TOLD_AT_MOST).map((name) => name.slice(0, TOLD_OF_ONE));
  return total > told.length ? `${told.join(', ')} and ${total - told.length} more` : told.join(', ');
}
