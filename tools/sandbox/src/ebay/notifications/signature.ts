import { createHash, generateKeyPairSync, randomUUID, sign } from 'node:crypto';
import type { HookMessage } from '../../http/hook-sender.js';

/** Signs notifications with a key that receivers fetch by its id. */
export class NotificationSigner {
  readonly keyId = randomUUID();
  private readonly keys = generateKeyPairSync('ec', { namedCurve: 'P-256' });

  constructor(
    private readonly digest: 'SHA1' | 'SHA256',
    private readonly signs: 'bytes' | 'json',
  ) {}

  /** As eBay answers it: PEM in one line. */
  publicKey(): Readonly<Record<string, string>> {
    const pem = this.keys.publicKey.export({ type: 'spki', format: 'pem' }).toString().replaceAll('\n', '');
    return { algorithm: 'ECDSA', digest: this.digest, key: pem };
  }

  message(notification: object): HookMessage {
    const compact = JSON.stringify(notification);
    const body = this.signs === 'bytes' ? compact : JSON.stringify(notification, undefined, 1);
    const signature = sign(this.digest, Buffer.from(compact), this.keys.privateKey).toString('base64');
    const header = { alg: 'ecdsa', kid: this.keyId, signature, digest: this.digest };
    return {
      headers: {
        'content-type': 'application/json',
        'x-ebay-signature': Buffer.from(JSON.stringify(header)).toString('base64'),
      },
      body,
    };
  }
}

/** What an endpoint has to answer a challenge with. */
export const challengeResponse = (code: string, verificationToken: string, endpoint: string): string =>
  createHash('sha256')
    .update(code + verificationToken + endpoint)
    .digest('hex');
