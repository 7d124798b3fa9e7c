import { randomBytes } from 'node:crypto';
import type { FaultPlan } from '../faults/fault-plan.js';
import { formOf, type VendorAnswer, type VendorCall } from '../http/vendor-call.js';
import type { SandboxClock } from '../sandbox-clock.js';
import { htmlError, sapError } from './errors.js';

export const AUTHS = ['basic', 'oauth', 'api_key'] as const;
export type SapAuth = (typeof AUTHS)[number];

const TOKEN_SECONDS = 3_600;
const basic = (user: string, password: string): string => `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
const secret = (): string => randomBytes(12).toString('hex');

/** Who may read: a communication user, a client of the token endpoint, or a key of the API hub. */
export class SapAccess {
  private readonly user = { username: 'HOLDFAST', password: `p:ß${secret()}` };
  private readonly client = { clientId: `sb-${secret()}`, clientSecret: secret() };
  private readonly key = { apiKey: secret() };
  private tokens = new Map<string, number>();
  private readonly csrf = secret();

  constructor(
    private readonly auth: SapAuth,
    private readonly clock: SandboxClock,
    private readonly faults: FaultPlan,
  ) {}

  credentials(url: string): Readonly<Record<string, string>> {
    if (this.auth === 'basic') return this.user;
    if (this.auth === 'api_key') return this.key;
    return { ...this.client, tokenUrl: `${url}/oauth/token` };
  }

  expireTokens(): void {
    this.tokens.clear();
  }

  /** Answers the token endpoint: the client may name itself in the header or in the form. */
  token(call: VendorCall): VendorAnswer {
    const form = formOf(call);
    const { clientId, clientSecret } = this.client;
    const isClient =
      call.headers.authorization === basic(clientId, clientSecret) ||
      (form.get('client_id') === clientId && form.get('client_secret') === clientSecret);
    if (!isClient || this.faults.credentialsRevoked)
      return { status: 401, body: { error: 'invalid_client', error_description: 'Bad credentials' } };
    if (form.get('grant_type') !== 'client_credentials') return { status: 400, body: { error: 'unsupported_grant_type' } };
    const token = secret();
    this.tokens.set(token, this.clock.now() + TOKEN_SECONDS * 1_000);
    return { status: 200, body: { access_token: token, token_type: 'bearer', expires_in: TOKEN_SECONDS } };
  }

  /** The answer to a call that may not read; undefined for one that may. */
  refused(call: VendorCall): VendorAnswer | undefined {
    if (!this.isKnown(call))
      return htmlError(401, 'Logon failed', { 'www-authenticate': 'Basic realm="SAP NetWeaver Application Server"' });
    return undefined;
  }

  /** Headers of an answer to a caller that is known: its session, and the token that writes need where it was asked for. */
  session(call: VendorCall): Readonly<Record<string, string>> {
    const fetches = String(call.headers['x-csrf-token'] ?? '').toLowerCase() === 'fetch';
    return {
      'set-cookie': `SAP_SESSIONID_S4H_100=${this.csrf}; path=/; HttpOnly`,
      ...(fetches ? { 'x-csrf-token': this.csrf } : {}),
    };
  }

  /** Writes need the token of a session; and this service takes none anyway. */
  refusedWrite(call: VendorCall): VendorAnswer {
    const refused = this.refused(call);
    if (refused !== undefined) return refused;
    if (call.headers['x-csrf-token'] !== this.csrf)
      return {
        status: 403,
        headers: { 'x-csrf-token': 'Required', 'content-type': 'text/plain' },
        body: Buffer.from('CSRF token validation failed'),
      };
    return sapError(405, 'SY/530', "Entity set 'A_MatlStkInAcctMod' cannot be created");
  }

  private isKnown({ headers }: VendorCall): boolean {
    if (this.faults.credentialsRevoked) return false;
    if (this.auth === 'basic') return headers.authorization === basic(this.user.username, this.user.password);
    if (this.auth === 'api_key') return headers['apikey'] === this.key.apiKey;
    const token = /^Bearer (.+)$/i.exec(headers.authorization ?? '')?.[1] ?? '';
    return (this.tokens.get(token) ?? 0) > this.clock.now();
  }
}
