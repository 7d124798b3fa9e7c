import { createHash } from 'node:crypto';

/** SHA-256 of a run's events and answers, hexadecimal: equal for equal runs. */
export function digestOf(parts: Iterable<unknown>): string {
  const hash = createHash('sha256');
  for (const part of parts) {
    hash.update(JSON.stringify(part, (_, value: unknown) => (typeof value === 'bigint' ? value.toString() : value)));
    hash.update('\n');
  }
  return hash.digest('hex');
}
