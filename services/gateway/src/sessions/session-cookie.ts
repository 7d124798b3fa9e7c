import type { IncomingMessage } from 'node:http';
import { LONGEST_MS } from './sessions.js';

/** Browsers take a name with this prefix over TLS only, of this host alone and for every path. */
const OVER_TLS = '__Host-holdfast';
const OVER_HTTP = 'holdfast-session';

/** Whether the client speaks TLS, to the proxy in front if there is one. */
export const isOverTls = ({ headers }: IncomingMessage): boolean => headers['x-forwarded-proto'] === 'https';

const nameFor = (request: IncomingMessage): string => (isOverTls(request) ? OVER_TLS : OVER_HTTP);

/** The session id that a request carries. */
export function sessionIdOf(request: IncomingMessage): string | undefined {
  const { cookie } = request.headers;
  if (cookie === undefined) return undefined;
  const wanted = `${nameFor(request)}=`;
  return cookie
    .split(';')
    .map((pair) => pair.trim())
    .find((pair) => pair.startsWith(wanted))
    ?.slice(wanted.length);
}

const cookie = (request: IncomingMessage, value: string, seconds: number): string =>
  `${nameFor(request)}=${value}; Path=/; HttpOnly; SameSite=Strict; Max-Age=${seconds}${isOverTls(request) ? '; Secure' : ''}`;

/** Value of `Set-Cookie` that begins a session. */
export const sessionCookie = (request: IncomingMessage, id: string): string => cookie(request, id, LONGEST_MS / 1_000);

/** Value of `Set-Cookie` that makes the browser forget its session. */
export const noSessionCookie = (request: IncomingMessage): string => cookie(request, '', 0);
