import { randomBytes } from 'node:crypto';
import type { FaultPlan } from '../faults/fault-plan.js';
import type { VendorAnswer, VendorCall } from '../http/vendor-call.js';
import type { SandboxClock } from '../sandbox-clock.js';
import { totvsError } from './errors.js';

const TOKEN_SECONDS = 3_600;
const secret = (): string => randomBytes(12).toString('hex');

/** The user of the REST server, by token or by Basic. */
export class ProtheusAccess {
  readonly credentials = { username: 'holdfast', password: `p&ss ${secret()}` };
  private tokens = new Map<string, number>();
  private refreshTokens = new Set<string>();

  constructor(
    private readonly clock: SandboxClock,
    private readonly faults: FaultPlan,
    /** A REST section without `SECURITY=1` has no token path. */
    private readonly givesTokens: boolean,
  ) {}

  expireTokens(): void {
    this.tokens.clear();
  }

  /** Answers the token path; user and password come in the query, or in headers as newer releases take them. */
  token({ query, headers }: VendorCall): VendorAnswer {
    if (!this.givesTokens) return totvsError(404, '404', 'Not found');
    const refresh = query.get('refresh_token');
    if (query.get('grant_type') === 'refresh_token')
      return refresh !== null && this.refreshTokens.has(refresh) && !this.faults.credentialsRevoked
        ? this.newTokens()
        : totvsError(401, '401', 'Refresh token invalid');
    const username = query.get('username') ?? headers['username'];
    const password = query.get('password') ?? headers['password'];
    return username === this.credentials.username && password === this.credentials.password && !this.faults.credentialsRevoked
      ? this.newTokens()
      : totvsError(401, '401', 'Invalid user authentication');
  }

  refused({ headers }: VendorCall): VendorAnswer | undefined {
    if (!this.faults.credentialsRevoked && this.isKnown(headers.authorization ?? '')) return undefined;
    return totvsError(401, '401', 'Access denied', { 'www-authenticate': 'Basic realm="protheus"' });
  }

  private isKnown(authorization: string): boolean {
    const { username, password } = this.credentials;
    if (authorization === `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`) return true;
    const token = /^Bearer (.+)$/i.exec(authorization)?.[1] ?? '';
    return (this.tokens.get(token) ?? 0) > this.clock.now();
  }

  private newTokens(): VendorAnswer {
    const [token, refresh] = [secret(), secret()];
    this.tokens.set(token, this.clock.now() + TOKEN_SECONDS * 1_000);
    this.refreshTokens.add(refresh);
    const body = { access_token: token, refresh_token: refresh, scope: 'default', token_type: 'Bearer', expires_in: TOKEN_SECONDS };
    return { status: 201, body };
  }
}
