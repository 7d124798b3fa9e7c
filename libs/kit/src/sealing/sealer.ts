import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';

const VERSION = 'v1';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** What was sealed with another key, for another place, or was changed since. */
export class CannotUnseal extends Error {
  constructor() {
    super('the stored value cannot be unsealed: it was sealed with another key (HOLDFAST_SECRET_KEY) or changed since');
    this.name = 'CannotUnseal';
  }
}

/** Encrypts what must not be readable in the database: AES-256-GCM under a key that is not stored there. */
export class Sealer {
  readonly #key: Buffer;

  /** @param secret at least 32 characters of random text */
  constructor(secret: string) {
    this.#key = Buffer.from(hkdfSync('sha256', secret, '', 'holdfast sealed values', 32));
  }

  /** @param place where the value is stored, e.g. tenant and channel: a value that is copied to another place cannot be unsealed there */
  seal(text: string, place: string): string {
    const nonce = randomBytes(NONCE_BYTES);
    const cipher = createCipheriv('aes-256-gcm', this.#key, nonce).setAAD(Buffer.from(place));
    const sealed = Buffer.concat([nonce, cipher.update(text, 'utf8'), cipher.final()]);
    return `${VERSION}.${Buffer.concat([sealed, cipher.getAuthTag()]).toString('base64url')}`;
  }

  /** @throws CannotUnseal */
  unseal(sealed: string, place: string): string {
    const [version, text = ''] = sealed.split('.');
    const bytes = Buffer.from(text, 'base64url');
    if (version !== VERSION || bytes.length < NONCE_BYTES + TAG_BYTES) throw new CannotUnseal();
    const decipher = createDecipheriv('aes-256-gcm', this.#key, bytes.subarray(0, NONCE_BYTES), { authTagLength: TAG_BYTES })
      .setAAD(Buffer.from(place))
      .setAuthTag(bytes.subarray(-TAG_BYTES));
    try {
      return Buffer.concat([decipher.update(bytes.subarray(NONCE_BYTES, -TAG_BYTES)), decipher.final()]).toString('utf8');
    } catch {
      throw new CannotUnseal();
    }
  }
}
