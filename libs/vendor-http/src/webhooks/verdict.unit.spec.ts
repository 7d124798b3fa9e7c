import { MAX_FAULT_LENGTH, MAX_RETRY_AFTER_MS, retryAfter } from '../answers.js';
import type { CallResult } from './verdict.js';
import { judge } from './verdict.js';

const now = Date.parse('2026-04-25T10:00:00Z');
const answered = (status: number, retryAfterHeader?: string, body = ''): CallResult => ({
  kind: 'answered',
  status,
  body,
  ...(retryAfterHeader === undefined ? {} : { retryAfter: retryAfterHeader }),
});

describe('judging a call', () => {
  it.each([200, 201, 202, 204])('takes %i as delivered', (status) => {
    expect(judge(answered(status), now)).toEqual({ kind: 'delivered' });
  });

  it.each([500, 502, 503, 403, 404, 408])('tries again later after %i', (status) => {
    expect(judge(answered(status), now).kind).toBe('failed');
  });

  it.each([400, 413, 422])('looks for the listing at fault after %i', (status) => {
    expect(judge(answered(status), now).kind).toBe('rejected');
  });

  it('waits as long as a 429 asks for', () => {
    expect(judge(answered(429, '3'), now)).toEqual({ kind: 'slow_down', fault: 'receiver answered 429', retryAfterMs: 3_000 });
  });

  it('waits as long as a 503 asks for', () => {
    expect(judge(answered(503, '2'), now)).toMatchObject({ kind: 'failed', retryAfterMs: 2_000 });
  });

  it('pauses until the secret is put after a 401', () => {
    expect(judge(answered(401), now)).toEqual({ kind: 'unauthorized', fault: 'receiver answered 401' });
  });

  it('stops for good after a 410', () => {
    expect(judge(answered(410), now)).toEqual({ kind: 'gone', fault: 'receiver answered 410' });
  });

  it('does not follow redirects, which could lead anywhere', () => {
    expect(judge(answered(302), now)).toMatchObject({ kind: 'failed', fault: 'receiver answered 302 (redirects are not followed)' });
  });

  it('says why there was no answer', () => {
    expect(judge({ kind: 'unanswered', fault: 'connection refused' }, now)).toEqual({
      kind: 'failed',
      fault: 'connection refused',
      retryAfterMs: 0,
    });
  });

  it('keeps what the receiver said, without control characters and within bounds', () => {
    expect(judge(answered(500, undefined, 'no\u0000 disk\n\tleft'), now)).toMatchObject({ fault: 'receiver answered 500: no disk left' });
    const long = judge(answered(500, undefined, 'x'.repeat(5_000)), now);
    expect(long.kind === 'failed' && long.fault.length).toBe(MAX_FAULT_LENGTH);
  });
});

describe('reading Retry-After', () => {
  it('understands seconds and dates', () => {
    expect(retryAfter('120', now)).toBe(120_000);
    expect(retryAfter('Sat, 25 Apr 2026 10:00:30 GMT', now)).toBe(30_000);
  });

  it('takes nonsense and the past as no wish', () => {
    expect(['soon', '-5', '', 'Sat, 25 Apr 2026 09:00:00 GMT'].map((header) => retryAfter(header, now))).toEqual([0, 0, 0, 0]);
  });

  it('does not let a receiver switch itself off for long', () => {
    expect(retryAfter('99999999', now)).toBe(MAX_RETRY_AFTER_MS);
  });
});
