/** SQLSTATE classes of Postgres that are about the data of a statement: cardinality, data exception, integrity constraint, program limit. */
const REFUSED = /^(21|22|23|54)\w{3}$/;
const MAX_CAUSES = 8;

/**
 * Whether Postgres refused what it was given: a character that text cannot hold, a number out of range, a key too long. The same data is
 * refused again however often it is sent; any other error (no connection, no space, a lost race) may be over later.
 */
export function isRefusedData(error: unknown): boolean {
  let current = error;
  for (let depth = 0; depth < MAX_CAUSES && current instanceof Error; depth += 1) {
    if ('code' in current && typeof current.code === 'string' && REFUSED.test(current.code)) return true;
    current = current.cause;
  }
  return false;
}
