import { randomBytes } from 'node:crypto';
import { ExpiringCache } from '../access/expiring-cache.js';
import { hashOf } from '../keys/api-keys.js';

const VALID_MS = 120_000;
const MAX_CODES = 100;

/** One-time codes that open a session by a link: each works once, within two minutes, in the process that made it. */
export class SignInCodes {
  private readonly codes: ExpiringCache<string>;

  /** @param now epoch milliseconds */
  constructor(now: () => number) {
    this.codes = new ExpiringCache(MAX_CODES, now);
  }

  /** Makes a code for the owner of a key. @param keyHash as `hashOf` gives it */
  make(keyHash: string): string {
    const code = randomBytes(24).toString('base64url');
    this.codes.set(hashOf(code), keyHash, VALID_MS);
    return code;
  }

  /** Uses a code up. @returns the hash of the key that it stands for */
  take(code: string): string | undefined {
    const hash = hashOf(code);
    const found = this.codes.get(hash);
    this.codes.delete(hash);
    return found !== undefined && found.freshForMs > 0 ? found.value : undefined;
  }
}
