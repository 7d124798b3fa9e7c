import { faultOf, jsonOf, type Answered } from './answers.js';

const answer = (status: number, body: string, headers: Readonly<Record<string, string>> = {}, cutOff = false): Answered => ({
  kind: 'answered',
  status,
  headers,
  body: Buffer.from(body),
  cutOff,
});

describe('what an answer of an ERP means', () => {
  it.each([
    [answer(401, 'no'), { kind: 'credentials', says: '401: no' }],
    [answer(403, ''), { kind: 'credentials', says: '403: no text' }],
    [answer(429, '', { 'retry-after': '7' }), { kind: 'temporary', says: '429: no text', retryAfterMs: 7_000 }],
    [answer(503, '<html>\n maintenance'), { kind: 'temporary', says: '503: <html> maintenance', retryAfterMs: 0 }],
    [answer(404, 'nothing'), { kind: 'refused', says: '404: nothing' }],
    [answer(302, '', { location: '/login' }), { kind: 'refused', says: '302: no text; redirected to /login' }],
    [
      { kind: 'unanswered', sent: true, fault: 'no answer within 5 ms' } as const,
      { kind: 'temporary', says: 'no answer within 5 ms', retryAfterMs: 0 },
    ],
  ])('is a fault of its kind', (given, fault) => expect(faultOf(given, 0)).toEqual(fault));

  it('is none where it is success', () => expect(faultOf(answer(200, '{}'), 0)).toBeUndefined());

  it('is JSON, and else broken', () => {
    expect(jsonOf(answer(200, '{"d":1}'))).toEqual({ value: { d: 1 } });
    expect(jsonOf(answer(200, '<html>sign in', { 'content-type': 'text/html' }))).toMatchObject({
      fault: { kind: 'broken_answer', says: 'the answer is text/html and no JSON: <html>sign in' },
    });
    expect(jsonOf(answer(200, '{"d":'))).toMatchObject({ fault: { kind: 'broken_answer' } });
    expect(jsonOf(answer(200, '{"d":1}', {}, true))).toMatchObject({ fault: { kind: 'broken_answer' } });
  });
});
