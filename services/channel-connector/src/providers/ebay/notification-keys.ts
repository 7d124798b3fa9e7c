import { createPublicKey, type KeyObject } from 'node:crypto';
import { fieldsOf, jsonOf, textOf } from '../reading.js';
import type { EbayClient } from './client.js';
import { appToken } from './credentials.js';
import { baseUrlOf } from './settings.js';

/** A public key and the digest that it signs with. eBay's own documents name these two. */
export interface NotificationKey {
  readonly key: KeyObject;
  readonly digest: 'SHA1' | 'SHA256';
}

export type FoundKey = NotificationKey | { readonly fault: string };

const KEPT_MS = 3_600_000;
const FAULT_KEPT_MS = 60_000;
const MOST_KEPT = 32;
const MOST_LOOKUPS = 10;
const KEY_ID = /^[A-Za-z0-9-]{1,64}$/;

/** Keys by their id. Anybody may post a key id to us, so only some unknown ones a minute are asked for. */
export class NotificationKeys {
  private readonly kept = new Map<string, { readonly found: FoundKey; readonly until: number }>();
  private token: { readonly value: string; readonly until: number } | undefined;
  private lookups = { minute: 0, count: 0 };

  constructor(private readonly client: EbayClient) {}

  async of(keyId: string): Promise<FoundKey> {
    if (!KEY_ID.test(keyId)) return { fault: 'the key id is malformed' };
    const now = this.client.tools.now();
    const known = this.kept.get(keyId);
    if (known !== undefined && known.until > now) return known.found;
    if (!this.mayLookUp(now)) return { fault: 'too many unknown keys' };
    const found = await this.lookUp(keyId);
    this.kept.delete(keyId);
    if (this.kept.size >= MOST_KEPT) this.kept.delete([...this.kept.keys()][0] ?? '');
    this.kept.set(keyId, { found, until: now + ('fault' in found ? FAULT_KEPT_MS : KEPT_MS) });
    return found;
  }

  private mayLookUp(now: number): boolean {
    const minute = Math.floor(now / 60_000);
    if (this.lookups.minute !== minute) this.lookups = { minute, count: 0 };
    this.lookups.count += 1;
    return this.lookups.count <= MOST_LOOKUPS;
  }

  private async lookUp(keyId: string): Promise<FoundKey> {
    const { account, tools } = this.client;
    const token = await this.appToken();
    if (token === undefined) return { fault: 'eBay gave no token for its key' };
    const answer = await tools.http.call({
      method: 'GET',
      url: `${baseUrlOf(account.settings)}/commerce/notification/v1/public_key/${keyId}`,
      headers: { authorization: `Bearer ${token}`, accept: 'application/json' },
    });
    if (answer.kind === 'unanswered') return { fault: `eBay did not give its key: ${answer.fault}` };
    if (answer.status !== 200) {
      this.token = undefined;
      return { fault: `eBay did not give its key (${String(answer.status)})` };
    }
    return readKey(jsonOf(answer.body));
  }

  private async appToken(): Promise<string | undefined> {
    const { account, tools } = this.client;
    if (this.token !== undefined && this.token.until > tools.now()) return this.token.value;
    const renewed = await appToken(account.settings, account.credentials, tools.http);
    if ('account' in renewed) return undefined;
    const { accessToken, expiresInMs } = renewed.given;
    this.token = { value: accessToken, until: tools.now() + expiresInMs - FAULT_KEPT_MS };
    return accessToken;
  }
}

/** eBay gives the key as PEM in one line. */
function readKey(body: unknown): FoundKey {
  const { key, digest } = fieldsOf(body);
  const name = (textOf(digest) ?? '').toUpperCase().replace('-', '');
  if (name !== 'SHA1' && name !== 'SHA256') return { fault: `a key with the digest ${name} is not accepted` };
  const base64 = (textOf(key) ?? '').replaceAll(/-----[A-Z ]+-----|\s/g, '');
  try {
    const read = createPublicKey({ key: Buffer.from(base64, 'base64'), format: 'der', type: 'spki' });
    return read.asymmetricKeyType === 'ec' ? { key: read, digest: name } : { fault: 'the key is not of an elliptic curve' };
  } catch {
    return { fault: 'the key cannot be read' };
  }
}
