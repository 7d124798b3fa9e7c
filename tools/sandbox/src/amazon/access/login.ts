import { formOf, type VendorAnswer, type VendorCall } from '../../http/vendor-call.js';
import type { FaultPlan } from '../../faults/fault-plan.js';
import type { SandboxClock } from '../../sandbox-clock.js';
import type { AmazonAccount } from '../account.js';
import { refusal } from '../answers.js';
import type { AmazonIds } from '../ids.js';

const TOKEN_LIFE_S = 3_600;
const DENIED = 'Access to requested resource is denied.';

/** Login with Amazon: gives access tokens for the refresh token and knows which of them are good. */
export class Login {
  private readonly expiresAt = new Map<string, number>();

  constructor(
    private readonly account: AmazonAccount,
    private readonly clock: SandboxClock,
    private readonly faults: FaultPlan,
    private readonly ids: AmazonIds,
  ) {}

  readonly token = (call: VendorCall): VendorAnswer => {
    const form = formOf(call);
    if (!(call.headers['content-type'] ?? '').startsWith('application/x-www-form-urlencoded'))
      return oauthError(400, 'invalid_request', 'The request is missing a required parameter or is otherwise malformed');
    if (form.get('client_id') !== this.account.clientId || form.get('client_secret') !== this.account.clientSecret)
      return oauthError(401, 'invalid_client', 'Client authentication failed');
    if (form.get('grant_type') !== 'refresh_token')
      return oauthError(400, 'unsupported_grant_type', 'The authorization grant type is not supported by the authorization server');
    if (this.faults.credentialsRevoked || form.get('refresh_token') !== this.account.refreshToken)
      return oauthError(400, 'invalid_grant', 'The request has an invalid grant parameter : refresh_token');
    const token = `Atza|${this.ids.uuid()}`;
    this.expiresAt.set(token, this.clock.now() + TOKEN_LIFE_S * 1_000);
    const body = { access_token: token, token_type: 'bearer', expires_in: TOKEN_LIFE_S, refresh_token: this.account.refreshToken };
    return { status: 200, body };
  };

  /** The refusal that a call of the Selling Partner API meets; undefined where its token is good. */
  refused({ headers }: VendorCall): VendorAnswer | undefined {
    const token = headers['x-amz-access-token'];
    if (typeof token !== 'string') return refusal(403, 'Unauthorized', DENIED, 'Access token is missing in the request header.');
    const expiresAt = this.expiresAt.get(token);
    if (expiresAt === undefined || this.faults.credentialsRevoked)
      return refusal(403, 'Unauthorized', DENIED, 'The access token you provided is revoked, malformed or invalid.');
    if (expiresAt <= this.clock.now()) return refusal(403, 'Unauthorized', DENIED, 'The access token you provided has expired.');
    return undefined;
  }

  expireAll(): void {
    for (const token of this.expiresAt.keys()) this.expiresAt.set(token, this.clock.now());
  }
}

const oauthError = (status: number, error: string, description: string): VendorAnswer => ({
  status,
  body: { error, error_description: description },
});
