import { randomBytes } from 'node:crypto';
import type { FaultPlan } from '../faults/fault-plan.js';
import { formOf, type VendorAnswer, type VendorCall, type VendorRoute } from '../http/vendor-call.js';
import type { SandboxClock } from '../sandbox-clock.js';

export const API_SCOPE = 'https://api.ebay.com/oauth/api_scope';
export const SCOPES = {
  inventory: `${API_SCOPE}/sell.inventory`,
  inventoryRead: `${API_SCOPE}/sell.inventory.readonly`,
  orders: `${API_SCOPE}/sell.fulfillment`,
  ordersRead: `${API_SCOPE}/sell.fulfillment.readonly`,
} as const;

const TOKEN_SECONDS = 7_200;
const GRANTED: readonly string[] = [API_SCOPE, ...Object.values(SCOPES)];

interface Token {
  readonly expiresAt: number;
  readonly scopes: readonly string[];
}

/** The merchant's app and what it may do: eBay's OAuth with a refresh token that is not replaced. */
export class EbayAccount {
  readonly credentials = {
    clientId: `Holdfast-SBX-${randomBytes(6).toString('hex')}`,
    clientSecret: `SBX-${randomBytes(12).toString('hex')}`,
    refreshToken: `v^1.1#i^1#r^1#${randomBytes(24).toString('base64url')}`,
    verificationToken: randomBytes(24).toString('hex'),
  };
  private tokens = new Map<string, Token>();
  /** Scopes that the merchant agreed to; fewer, to act out an app that may not do everything. */
  granted: readonly string[] = GRANTED;

  constructor(
    private readonly clock: SandboxClock,
    private readonly faults: FaultPlan,
  ) {}

  readonly route: VendorRoute = {
    method: 'POST',
    path: '/identity/v1/oauth2/token',
    operation: 'token',
    handle: (call) => this.give(call),
  };

  expireTokens(): void {
    this.tokens.clear();
  }

  /** Scopes of the call's token; undefined where it has none that is valid. */
  scopesOf(call: VendorCall): readonly string[] | undefined {
    if (this.faults.credentialsRevoked) return undefined;
    const token = this.tokens.get((call.headers.authorization ?? '').replace(/^Bearer /, ''));
    return token === undefined || token.expiresAt <= this.clock.now() ? undefined : token.scopes;
  }

  private give(call: VendorCall): VendorAnswer {
    const { clientId, clientSecret, refreshToken } = this.credentials;
    const basic = `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}`;
    if (call.headers.authorization !== basic) return oauthError(401, 'invalid_client', 'client authentication failed');
    const form = formOf(call);
    const grant = form.get('grant_type');
    if (grant !== 'refresh_token' && grant !== 'client_credentials')
      return oauthError(400, 'unsupported_grant_type', 'grant type in request is not supported by the authorization server');
    if (this.faults.credentialsRevoked || (grant === 'refresh_token' && form.get('refresh_token') !== refreshToken))
      return oauthError(400, 'invalid_grant', 'the provided authorization refresh token is invalid or was issued to another client');
    const allowed = grant === 'client_credentials' ? [API_SCOPE] : this.granted;
    const asked = (form.get('scope') ?? '').split(' ').filter((scope) => scope !== '');
    if (grant === 'client_credentials' && asked.length === 0) return oauthError(400, 'invalid_scope', 'the scope is missing');
    if (asked.some((scope) => !allowed.includes(scope)))
      return oauthError(
        400,
        'invalid_scope',
        'the requested scope is invalid, unknown, malformed, or exceeds the scope granted to the client',
      );
    return this.issue(grant, asked.length === 0 ? allowed : asked);
  }

  private issue(grant: string, scopes: readonly string[]): VendorAnswer {
    const value = `v^1.1#i^1#${randomBytes(24).toString('base64url')}`;
    this.tokens.set(value, { expiresAt: this.clock.now() + TOKEN_SECONDS * 1_000, scopes });
    const kind = grant === 'refresh_token' ? 'User Access Token' : 'Application Access Token';
    return { status: 200, body: { access_token: value, expires_in: TOKEN_SECONDS, token_type: kind } };
  }
}

const oauthError = (status: number, error: string, description: string): VendorAnswer => ({
  status,
  body: { error, error_description: description },
});
