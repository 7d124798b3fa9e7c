import { formOf, isRecord, jsonOf, type VendorAnswer, type VendorCall } from '../http/vendor-call.js';

export type AuthenticationMode =
  /** A custom app: one token that does not expire. */
  | 'access_token'
  /** An app of the merchant's own organisation: tokens of 24 hours. */
  | 'client_credentials'
  /** A public app: tokens of 60 minutes and a refresh token that is replaced when it is used. */
  | 'refresh_token';

const CLIENT_CREDENTIALS_S = 86_399;
const OFFLINE_S = 3_600;
const REFRESH_S = 90 * 86_400;
/** A refresh token that was used may be tried again for so long, unless its replacement was used. */
const RETRY_MS = 30 * 86_400_000;

export interface AppCredentials {
  readonly clientId: string;
  readonly clientSecret: string;
}

/** Tokens of one app in one shop. */
export class Tokens {
  private issued = 0;
  private readonly valid = new Map<string, number>();
  private refreshToken: string | undefined;
  private previous: { readonly token: string; readonly usableUntil: number } | undefined;
  readonly staticToken: string | undefined;
  /** Secrets of the app that are good, the newest last. */
  private secrets: readonly string[];
  /** The secret that each token was asked for with. */
  private readonly askedWith = new Map<string, string>();

  constructor(
    private readonly app: AppCredentials,
    private readonly mode: AuthenticationMode,
    private readonly scopes: readonly string[],
    private readonly now: () => number,
    private readonly revoked: () => boolean,
  ) {
    this.secrets = [app.clientSecret];
    if (mode === 'access_token') this.valid.set((this.staticToken = 'shpat_sandbox'), Infinity);
    if (mode === 'refresh_token') this.refreshToken = 'shprt_sandbox_0';
  }

  /** The refresh token that the app should hold now. */
  get currentRefreshToken(): string | undefined {
    return this.refreshToken;
  }

  accepts(token: string | string[] | undefined): boolean {
    const until = typeof token === 'string' ? this.valid.get(token) : undefined;
    return until !== undefined && this.now() < until && !this.revoked();
  }

  expireAll(): void {
    this.valid.clear();
  }

  /** Makes a second secret; the others stay good. @returns it */
  addSecret(): string {
    const secret = `${this.app.clientSecret}_${String(this.secrets.length + 1)}`;
    this.secrets = [...this.secrets, secret];
    return secret;
  }

  /** Only the newest secret is good from now on, and so are the tokens that it gave. */
  revokeOlderSecrets(): void {
    this.secrets = this.secrets.slice(-1);
    for (const token of this.valid.keys()) if (!this.secrets.includes(this.askedWith.get(token) ?? '')) this.valid.delete(token);
  }

  answer(call: VendorCall): VendorAnswer {
    const answer = this.given(call);
    const token = isRecord(answer.body) ? answer.body['access_token'] : undefined;
    if (typeof token === 'string') this.askedWith.set(token, fieldsOf(call)('client_secret') ?? '');
    return answer;
  }

  private given(call: VendorCall): VendorAnswer {
    const field = fieldsOf(call);
    if (field('client_id') !== this.app.clientId || !this.secrets.includes(field('client_secret') ?? '') || this.revoked())
      return refusal('invalid_client', 'The client could not be identified, or the app is not installed on this shop.');
    switch (field('grant_type')) {
      case 'client_credentials':
        if (this.mode !== 'client_credentials')
          return refusal('shop_not_permitted', 'Client credentials cannot be performed on this shop.');
        return { status: 200, body: this.issue('shpat_', CLIENT_CREDENTIALS_S) };
      case 'refresh_token':
        return this.refresh(field('refresh_token'));
      default:
        return refusal('unsupported_grant_type', 'grant_type must be client_credentials or refresh_token');
    }
  }

  private refresh(token: string | undefined): VendorAnswer {
    const isRetry = token !== undefined && token === this.previous?.token && this.now() < this.previous.usableUntil;
    if (token === undefined || (token !== this.refreshToken && !isRetry))
      return refusal('invalid_grant', 'The refresh token is not valid, was replaced, or has expired.');
    if (!isRetry) this.previous = { token, usableUntil: this.now() + RETRY_MS };
    const access = this.issue('shpua_', OFFLINE_S);
    this.refreshToken = `shprt_sandbox_${String(this.issued)}`;
    return { status: 200, body: { ...access, refresh_token: this.refreshToken, refresh_token_expires_in: REFRESH_S } };
  }

  private issue(prefix: string, lifeSeconds: number): object {
    const token = `${prefix}sandbox_${String(++this.issued)}`;
    this.valid.set(token, this.now() + lifeSeconds * 1_000);
    return { access_token: token, scope: this.scopes.join(','), expires_in: lifeSeconds };
  }
}

function fieldsOf(call: VendorCall): (name: string) => string | undefined {
  const form = formOf(call);
  const json = String(call.headers['content-type'] ?? '').includes('json') ? jsonOf(call) : undefined;
  return (name) => {
    const value: unknown = isRecord(json) ? json[name] : form.get(name);
    return typeof value === 'string' ? value : undefined;
  };
}

const refusal = (error: string, description: string): VendorAnswer => ({ status: 400, body: { error, error_description: description } });
