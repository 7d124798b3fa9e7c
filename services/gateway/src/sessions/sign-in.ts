import type { IncomingMessage } from 'node:http';
import { isIP } from 'node:net';
import { Problem } from '@holdfast/platform';
import { isJwt } from '../access/credential.js';
import type { JwtVerifier } from '../access/jwt-verifier.js';
import type { Operator } from '../access/operator.js';
import type { ApiKeys } from '../keys/api-keys.js';
import { hashOf } from '../keys/api-keys.js';
import type { SignIn } from './session.dto.js';
import type { OpenSession, Owner, Sessions } from './sessions.js';
import { isOverTls } from './session-cookie.js';
import type { SignInCodes } from './sign-in-codes.js';

export interface SignInOptions {
  readonly sessions: Sessions;
  readonly codes: SignInCodes;
  readonly keys: ApiKeys;
  readonly operator: Operator;
  readonly jwt: JwtVerifier;
  /** Whether sessions may be opened over plain HTTP from other machines. */
  readonly overHttp: boolean;
}

/** Opens sessions by a key, a token or a one-time code. */
export class SignIns {
  constructor(private readonly options: SignInOptions) {}

  /**
   * @throws Problem 400 `validation_failed` without exactly one of the two, 401 with the reason, 403 `sign_in_needs_https`
   */
  async open(wish: SignIn, request: IncomingMessage): Promise<OpenSession & { readonly id: string }> {
    if (!this.options.overHttp && !isOverTls(request) && !isFromThisMachine(request))
      throw new Problem(403, 'sign_in_needs_https', 'Sign in over HTTPS; HOLDFAST_CONSOLE_HTTP=1 allows plain HTTP from other machines');
    return this.options.sessions.open(await this.ownerOf(wish));
  }

  private async ownerOf({ credential, code }: SignIn): Promise<Owner> {
    const { codes, jwt, keys, operator } = this.options;
    if ((credential === undefined) === (code === undefined)) throw oneOfBoth();
    if (credential !== undefined && isJwt(credential)) {
      const { caller, expiresAt } = await jwt.verify(credential);
      return { caller, until: expiresAt };
    }
    const keyHash = code === undefined ? hashOf(credential ?? '') : codes.take(code);
    if (keyHash === undefined) throw new Problem(401, 'invalid_sign_in_code', 'This link was used already or is older than two minutes');
    return { caller: operator.callerOf(keyHash) ?? (await keys.callerOf(keyHash)), keyHash };
  }
}

const oneOfBoth = (): Problem =>
  new Problem(400, 'validation_failed', 'The request body has a fault', {
    details: [{ field: 'credential', message: 'send either credential or code' }],
  });

/** Both ends are this machine: a proxy on it would be asked under another name. */
function isFromThisMachine({ headers, socket }: IncomingMessage): boolean {
  const name = (headers.host ?? '').replace(/:\d+$/, '').replace(/^\[|\]$/g, '');
  return isLoopback(socket.remoteAddress ?? '') && (name === 'localhost' || isLoopback(name));
}

const isLoopback = (address: string): boolean => isIP(address) > 0 && /^(127\.|::1$|::ffff:127\.)/.test(address);
