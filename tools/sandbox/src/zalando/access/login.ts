import { randomUUID } from 'node:crypto';
import type { FaultPlan } from '../../faults/fault-plan.js';
import { formOf, type VendorAnswer, type VendorCall } from '../../http/vendor-call.js';
import type { SandboxClock } from '../../sandbox-clock.js';
import type { ZalandoAccount } from '../account.js';
import { problem } from '../problem.js';

const TOKEN_LIFE_S = 7_200;
export const SCOPES = ['products/stock/write', 'products/products/read', 'orders/read'] as const;

/** Gives access tokens for client credentials and knows which are good. */
export class Login {
  private readonly expiresAt = new Map<string, number>();

  constructor(
    private readonly account: ZalandoAccount,
    private readonly clock: SandboxClock,
    private readonly faults: FaultPlan,
    private readonly scopes: readonly string[],
  ) {}

  readonly token = (call: VendorCall): VendorAnswer => {
    const { clientId, clientSecret } = this.account;
    const expected = `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}`;
    if (call.headers.authorization !== expected || this.faults.credentialsRevoked)
      return { status: 401, body: { error: 'invalid_client', error_description: 'Client authentication failed' } };
    const form = formOf(call);
    if (form.get('grant_type') !== 'client_credentials' || form.get('scope') !== 'access_token_only')
      return { status: 400, body: { error: 'invalid_request', error_description: 'grant_type or scope is wrong' } };
    const token = randomUUID();
    this.expiresAt.set(token, this.clock.now() + TOKEN_LIFE_S * 1_000);
    return { status: 200, body: { access_token: token, token_type: 'Bearer', expires_in: TOKEN_LIFE_S, scope: 'access_token_only' } };
  };

  readonly me = (call: VendorCall): VendorAnswer =>
    this.refused(call) ?? {
      status: 200,
      body: { client_id: this.account.clientId, bpids: [this.account.merchantId], scopes: this.scopes },
    };

  /** The refusal of a call; undefined where its token is good, has the scope, and the path names its merchant. */
  refused({ headers, params }: VendorCall, scope?: (typeof SCOPES)[number]): VendorAnswer | undefined {
    const token = /^Bearer (.+)$/.exec(headers.authorization ?? '')?.[1];
    const expiresAt = token === undefined ? undefined : this.expiresAt.get(token);
    if (expiresAt === undefined || expiresAt <= this.clock.now() || this.faults.credentialsRevoked)
      return problem(401, 'Unauthorized', 'The access token is missing, expired or invalid.');
    if (scope !== undefined && !this.scopes.includes(scope)) return problem(403, 'Forbidden', `The token lacks the scope ${scope}.`);
    const merchantId = params['merchantId'];
    if (merchantId !== undefined && merchantId !== this.account.merchantId)
      return problem(403, 'Forbidden', 'The token is of another merchant.');
    return undefined;
  }

  expireAll(): void {
    for (const token of this.expiresAt.keys()) this.expiresAt.set(token, this.clock.now());
  }
}
