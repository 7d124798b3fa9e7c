import { randomBytes } from 'node:crypto';
import type { FaultPlan } from '../faults/fault-plan.js';
import { formOf, type VendorAnswer, type VendorCall, type VendorRoute } from '../http/vendor-call.js';
import type { SandboxClock } from '../sandbox-clock.js';
import { missingHeader, unauthorized } from './errors.js';

const TOKEN_SECONDS = 900;
const SCOPES = { inventory: 'full_access', orders: 'full_access', feeds: 'full_access', returns: 'full_access', item: 'full_access' };

/** The seller's keys and the tokens given out for them, each good for 15 minutes. */
export class WalmartAccount {
  readonly credentials = {
    clientId: randomBytes(16).toString('hex'),
    clientSecret: randomBytes(24).toString('base64url'),
    webhookSecret: randomBytes(24).toString('base64url'),
  };
  private tokens = new Map<string, number>();
  /** What the keys may do; less, to act out keys that were given less. */
  scopes: Readonly<Record<string, string>> = SCOPES;

  constructor(
    private readonly clock: SandboxClock,
    private readonly faults: FaultPlan,
  ) {}

  readonly routes: readonly VendorRoute[] = [
    { method: 'POST', path: '/v3/token', operation: 'token', handle: (call) => this.give(call) },
    { method: 'GET', path: '/v3/token/detail', operation: 'tokenDetail', handle: (call) => this.detail(call) },
  ];

  expireTokens(): void {
    this.tokens.clear();
  }

  accepts(call: VendorCall): boolean {
    if (this.faults.credentialsRevoked) return false;
    const token = call.headers['wm_sec.access_token'];
    const expiresAt = typeof token === 'string' ? this.tokens.get(token) : undefined;
    return expiresAt !== undefined && expiresAt > this.clock.now();
  }

  private give(call: VendorCall): VendorAnswer {
    const { clientId, clientSecret } = this.credentials;
    const missing = missingOf(call);
    if (missing !== undefined) return missing;
    const basic = `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}`;
    if (this.faults.credentialsRevoked || call.headers.authorization !== basic) return unauthorized();
    if (formOf(call).get('grant_type') !== 'client_credentials') return missingHeader('grant_type');
    const value = randomBytes(24).toString('base64url');
    this.tokens.set(value, this.clock.now() + TOKEN_SECONDS * 1_000);
    return { status: 200, body: { access_token: value, token_type: 'Bearer', expires_in: TOKEN_SECONDS } };
  }

  private detail(call: VendorCall): VendorAnswer {
    const missing = missingOf(call);
    if (missing !== undefined) return missing;
    if (!this.accepts(call)) return unauthorized();
    const expires = this.tokens.get(String(call.headers['wm_sec.access_token'])) ?? 0;
    return {
      status: 200,
      body: {
        expire_at: String(expires),
        issued_at: String(expires - TOKEN_SECONDS * 1_000),
        is_valid: true,
        is_channel_match: true,
        scopes: this.scopes,
      },
    };
  }
}

/** Every call names the service and carries an id of its own. */
export function missingOf({ headers }: VendorCall): VendorAnswer | undefined {
  if (typeof headers['wm_svc.name'] !== 'string' || headers['wm_svc.name'] === '') return missingHeader('WM_SVC.NAME');
  if (typeof headers['wm_qos.correlation_id'] !== 'string' || headers['wm_qos.correlation_id'] === '')
    return missingHeader('WM_QOS.CORRELATION_ID');
  if (!(headers.accept ?? '').includes('application/json')) return missingHeader('Accept');
  return undefined;
}
