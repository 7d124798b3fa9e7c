import type { IncomingMessage } from 'node:http';
import { Problem, unsupportedMediaType } from '@holdfast/platform';

const SAFE = new Set(['GET', 'HEAD', 'OPTIONS']);
/** A form of another site can send none of these without asking first. */
const OF_NO_FORM = /^(application\/json|text\/csv)\s*(;|$)/i;

/**
 * Checks a request that a cookie authenticates: a browser sends the cookie whoever made the page.
 * @throws Problem 403 `cross_site_request`, 415 `unsupported_media_type`
 */
export function refuseCrossSite(request: IncomingMessage): void {
  if (SAFE.has(request.method ?? 'GET')) return;
  if (sentBy(request) !== 'own page') throw crossSite();
  const type = request.headers['content-type'];
  if (type !== undefined && !OF_NO_FORM.test(type)) throw unsupportedMediaType();
}

/** Checks a sign-in: no other page may sign its visitor in as somebody else. A program says nothing of pages. */
export function refuseOtherPage(request: IncomingMessage): void {
  if (sentBy(request) === 'other page') throw crossSite();
}

const crossSite = (): Problem =>
  new Problem(403, 'cross_site_request', 'A change with a session must come from a page of Holdfast itself; programs send a key');

/** By `Sec-Fetch-Site`, which pages cannot set; browsers leave it out over plain HTTP to another machine, and then `Origin` tells. */
function sentBy({ headers }: IncomingMessage): 'own page' | 'other page' | 'unknown' {
  const site = headers['sec-fetch-site'];
  if (site !== undefined) return site === 'same-origin' ? 'own page' : 'other page';
  const { origin, host } = headers;
  if (origin === undefined) return 'unknown';
  return URL.canParse(origin) && new URL(origin).host === (headers['x-forwarded-host'] ?? host) ? 'own page' : 'other page';
}
