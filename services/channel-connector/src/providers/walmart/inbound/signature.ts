import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { HookRequest } from '../../inbound.js';

/** Walmart's window for signed times, and what clocks may differ beyond it. */
const WINDOW_MS = 300_000;
const SKEW_MS = 120_000;

/** Why a message does not prove where it comes from; undefined where it does. @param header in lower case */
export function signatureFault(request: HookRequest, secret: string, header: string, now: number): string | undefined {
  const timed = request.headers['wm_sec.signature'];
  if (timed !== undefined && request.headers['wm_sec.timestamp'] !== undefined) return timedFault(request, timed, secret, now);
  const given = request.headers[header];
  if (given === undefined || given === '') return `the header ${header} is missing`;
  return matches(given, createHmac('sha256', secret).update(request.body).digest()) ? undefined : 'the signature is not of this message';
}

/** The scheme with a time: method, path, time and digest of the body are signed. */
function timedFault({ method, url, query, headers, body }: HookRequest, given: string, secret: string, now: number): string | undefined {
  const time = headers['wm_sec.timestamp'] ?? '';
  const at = timeOf(time);
  if (at === undefined || Math.abs(now - at) > WINDOW_MS + SKEW_MS) return 'the signed time is too old, or of a time to come';
  const { pathname } = new URL(url, 'http://hook');
  const search = new URLSearchParams(query).toString();
  const path = search === '' ? pathname : `${pathname}?${search}`;
  const text = [method, path, time, createHash('sha256').update(body).digest('hex')].join('\n');
  return matches(given, createHmac('sha256', secret).update(text).digest()) ? undefined : 'the signature is not of this message';
}

/** Walmart does not say how the signature is written: base64 and hex are taken. Compared in constant time. */
function matches(given: string, expected: Buffer): boolean {
  return [Buffer.from(given, 'base64'), Buffer.from(given, 'hex')].some(
    (bytes) => bytes.length === expected.length && timingSafeEqual(bytes, expected),
  );
}

/** Seconds or milliseconds since 1970, or a date. */
function timeOf(given: string): number | undefined {
  const number = Number(given);
  const at = given !== '' && Number.isFinite(number) ? (number < 1e11 ? number * 1_000 : number) : Date.parse(given);
  return Number.isFinite(at) ? at : undefined;
}
