import type { Detail, Problem } from './errors.js';

type Json = Readonly<Record<string, unknown>>;

function parsed(text: string): Json {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Json) : {};
  } catch {
    return {};
  }
}

/** Milliseconds that `Retry-After` asks to wait: seconds, or a date. */
export function retryAfterMsOf(headers: Headers, now: number): number | undefined {
  const value = headers.get('retry-after');
  if (value === null) return undefined;
  const ms = /^\d+$/.test(value) ? Number(value) * 1_000 : Date.parse(value) - now;
  return Number.isFinite(ms) ? Math.max(0, ms) : undefined;
}

/** Reads an answer that is no success. One without the error shape comes from a proxy in between. */
export function problemOf(response: Response, text: string, now: number): Problem {
  const body = parsed(text);
  const { status, headers } = response;
  const code = typeof body['code'] === 'string' ? body['code'] : `http_${String(status)}`;
  const sentence = [body['message'], body['error']].find((each) => typeof each === 'string');
  const details = Array.isArray(body['details']) ? (body['details'] as Detail[]) : [];
  const { field, message } = details[0] ?? {};
  const fault = typeof field === 'string' && typeof message === 'string' ? `: ${field} ${message}` : '';
  return {
    status,
    code,
    message: `${String(status)} ${code}${sentence === undefined ? '' : `: ${String(sentence)}`}${fault}`,
    details,
    requestId: headers.get('x-request-id') ?? (typeof body['requestId'] === 'string' ? body['requestId'] : undefined),
    retryAfterMs: retryAfterMsOf(headers, now),
  };
}
