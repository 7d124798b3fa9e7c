import type { IncomingMessage } from 'node:http';
import { Problem } from '../problems/problem.js';

const malformed = (message: string): Problem => new Problem(400, 'malformed_request', message);

/**
 * Checks and simplifies the head of a raw request (RFC 9112): it has one Host, and a target in absolute form, as proxies send it, is
 * replaced by its path.
 * @throws Problem 400 `malformed_request`
 */
export function normaliseTarget(request: IncomingMessage): void {
  const hosts = hostHeaders(request.rawHeaders);
  if (hosts > 1) throw malformed('A request has one Host header');
  if (hosts === 0 && request.httpVersion !== '1.0') throw malformed('A request needs a Host header');
  const url = request.url ?? '/';
  if (url.startsWith('/') || (url === '*' && request.method === 'OPTIONS')) return;
  const path = /^https?:\/\/[^/?#]+(.*)$/i.exec(url)?.[1];
  if (path === undefined) throw malformed('The target of a request is a path, or an absolute http URL');
  request.url = path.startsWith('/') ? path : `/${path}`;
}

/** Node keeps only the first of several. */
function hostHeaders(rawHeaders: readonly string[]): number {
  let found = 0;
  for (let index = 0; index < rawHeaders.length; index += 2) if (rawHeaders[index]?.toLowerCase() === 'host') found += 1;
  return found;
}
