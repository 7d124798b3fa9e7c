import { createHash, createPublicKey, type KeyObject } from 'node:crypto';
import { fieldsOf, jsonOf, textOf } from '../../reading.js';
import type { EbayClient } from '../client.js';
import { appToken } from '../credentials.js';
import { baseUrlOf, tokenUrlOf } from '../settings.js';

/** A public key and the digest that it signs with. eBay's own documents name these two. */
export interface NotificationKey {
  readonly key: KeyObject;
  readonly digest: 'SHA1' | 'SHA256';
}

/** `passing`: the key may well exist, it could not be asked for now. */
export type FoundKey = NotificationKey | { readonly fault: string; readonly passing?: boolean };

const KEPT_MS = 3_600_000;
const FAULT_KEPT_MS = 60_000;
const MOST_KEPT = 100;
const MOST_TOKENS = 1_000;
/** Keys that are asked for in a minute, for one channel and for all channels of the process. */
const MOST_LOOKUPS = 10;
const MOST_LOOKUPS_IN_ALL = 200;
const KEY_ID = /^[A-Za-z0-9-]{1,64}$/;

/**
 * Keys by their id. They are eBay's and the same for every seller, so one object serves all channels of a process. Anybody may post a key id to
 * us, so only some unknown ones a minute are asked for.
 */
export class NotificationKeys {
  private readonly kept = new Map<string, { readonly found: FoundKey; readonly until: number }>();
  private readonly running = new Map<string, Promise<FoundKey>>();
  private readonly tokens = new Map<string, { readonly value: string; readonly until: number }>();
  private lookups = { minute: 0, all: 0, byChannel: new Map<string, number>() };

  async of(client: EbayClient, keyId: string): Promise<FoundKey> {
    if (!KEY_ID.test(keyId)) return { fault: 'the key id is malformed' };
    const now = client.tools.now();
    const name = `${baseUrlOf(client.account.settings)} ${keyId}`;
    const known = this.kept.get(name);
    if (known !== undefined && known.until > now) return known.found;
    // Whoever waits for the key of a slow answer is sent again meanwhile: one call is enough.
    const running = this.running.get(name);
    if (running !== undefined) return running;
    if (!this.mayLookUp(client, now)) return { fault: 'too many unknown keys in a minute', passing: true };
    const asked = this.lookUp(client, keyId);
    this.running.set(name, asked);
    try {
      const found = await asked;
      if (!('fault' in found && found.passing === true))
        keep(this.kept, MOST_KEPT, name, { found, until: now + ('fault' in found ? FAULT_KEPT_MS : KEPT_MS) });
      return found;
    } finally {
      this.running.delete(name);
    }
  }

  private mayLookUp({ account }: EbayClient, now: number): boolean {
    const minute = Math.floor(now / 60_000);
    if (this.lookups.minute !== minute) this.lookups = { minute, all: 0, byChannel: new Map() };
    const channel = `${account.tenant} ${account.channelId}`;
    const count = (this.lookups.byChannel.get(channel) ?? 0) + 1;
    if (count > MOST_LOOKUPS || this.lookups.all >= MOST_LOOKUPS_IN_ALL) return false;
    this.lookups.all += 1;
    this.lookups.byChannel.set(channel, count);
    return true;
  }

  private async lookUp(client: EbayClient, keyId: string): Promise<FoundKey> {
    const { account, tools } = client;
    const token = await this.appToken(client);
    if (token === undefined) return { fault: 'eBay gave no token for its key', passing: true };
    const answer = await tools.http.call({
      method: 'GET',
      url: `${baseUrlOf(account.settings)}/commerce/notification/v1/public_key/${keyId}`,
      headers: { authorization: `Bearer ${token}`, accept: 'application/json' },
    });
    if (answer.kind === 'unanswered') return { fault: `eBay did not give its key: ${answer.fault}`, passing: true };
    if (answer.status === 200) return readKey(jsonOf(answer.body));
    if (answer.status === 401) this.tokens.delete(tokenName(client));
    const passing = answer.status === 401 || answer.status === 429 || answer.status >= 500;
    return { fault: `eBay did not give its key (${String(answer.status)})`, passing };
  }

  private async appToken(client: EbayClient): Promise<string | undefined> {
    const { account, tools } = client;
    const known = this.tokens.get(tokenName(client));
    if (known !== undefined && known.until > tools.now()) return known.value;
    const renewed = await appToken(account.settings, account.credentials, tools.http);
    if ('account' in renewed) return undefined;
    const { accessToken, expiresInMs } = renewed.given;
    keep(this.tokens, MOST_TOKENS, tokenName(client), { value: accessToken, until: tools.now() + expiresInMs - FAULT_KEPT_MS });
    return accessToken;
  }
}

/** Tokens of the app are kept by what they were given for, so that one channel's app never serves another. */
const tokenName = ({ account: { settings, credentials } }: EbayClient): string =>
  createHash('sha256')
    .update(JSON.stringify([tokenUrlOf(settings), credentials.clientId, credentials.clientSecret]))
    .digest('hex');

/** Keeps an entry in place of the oldest one. */
function keep<Value>(entries: Map<string, Value>, most: number, name: string, value: Value): void {
  entries.delete(name);
  const oldest = entries.size >= most ? entries.keys().next().value : undefined;
  if (oldest !== undefined) entries.delete(oldest);
  entries.set(name, value);
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
