import { createHash, createHmac, pbkdf2Sync } from 'node:crypto';

const ITERATIONS = 4_096;
const KEY_BYTES = 32;

/**
 * What Postgres stores of a password (RFC 5802 and 7677). Sent instead of the password, which so reaches neither the server's log nor its list of
 * statements. @param password ASCII, so that nothing has to be normalised
 */
export function scramSecret(password: string, salt: Buffer): string {
  const salted = pbkdf2Sync(password, salt, ITERATIONS, KEY_BYTES, 'sha256');
  const keyed = (name: string): Buffer => createHmac('sha256', salted).update(name).digest();
  const storedKey = createHash('sha256').update(keyed('Client Key')).digest('base64');
  return `SCRAM-SHA-256$${String(ITERATIONS)}:${salt.toString('base64')}$${storedKey}:${keyed('Server Key').toString('base64')}`;
}
