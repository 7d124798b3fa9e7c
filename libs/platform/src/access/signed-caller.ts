import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Caller } from './caller.js';
import { isRecord } from '../input/is-record.js';

/** Header that carries the caller from the gateway to a service in another process. */
export const CALLER_HEADER = 'x-holdfast-caller';

const VERSION = 'v1';
/** Long enough for clocks that differ, short enough that a copied header is soon worthless. */
const VALID_MS = 120_000;

const signatureOf = (payload: string, secret: string): Buffer => createHmac('sha256', secret).update(`${VERSION}.${payload}`).digest();

/** Writes a caller for `CALLER_HEADER`. @param now epoch milliseconds */
export function signCaller(caller: Caller, secret: string, now: number = Date.now()): string {
  const payload = Buffer.from(JSON.stringify({ ...caller, expiresAt: now + VALID_MS })).toString('base64url');
  return `${VERSION}.${payload}.${signatureOf(payload, secret).toString('base64url')}`;
}

/** Reads a signed caller; undefined when the signature is wrong or too old. @param now epoch milliseconds */
export function readSignedCaller(header: string, secret: string, now: number = Date.now()): Caller | undefined {
  const [version, payload, signature] = header.split('.');
  if (version !== VERSION || payload === undefined || signature === undefined) return undefined;
  const expected = signatureOf(payload, secret);
  const given = Buffer.from(signature, 'base64url');
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) return undefined;
  return toCaller(JSON.parse(Buffer.from(payload, 'base64url').toString()), now);
}

function toCaller(value: unknown, now: number): Caller | undefined {
  if (!isRecord(value)) return undefined;
  const { tenant, subject, permissions, person, expiresAt } = value;
  if (typeof tenant !== 'string' || typeof subject !== 'string' || !Array.isArray(permissions)) return undefined;
  if (typeof expiresAt !== 'number' || expiresAt < now) return undefined;
  const granted = permissions.filter((permission) => typeof permission === 'string');
  return { tenant, subject, permissions: granted, ...(typeof person === 'string' ? { person } : {}) };
}
