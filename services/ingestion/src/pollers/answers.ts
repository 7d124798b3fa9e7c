import { printable, retryAfter, shortened, type VendorAnswer } from '@holdfast/vendor-http';
import type { ErpFault } from './port.js';

export type Answered = Extract<VendorAnswer, { readonly kind: 'answered' }>;

const MAX_SAID = 120;

const beginning = (body: Buffer): string => printable(body.toString('utf8', 0, MAX_SAID));

/** The fault of an answer that is none of success; undefined where it is one. @param says what the ERP itself says is wrong @param now epoch milliseconds */
export function faultOf(answer: VendorAnswer, now: number, says?: string): ErpFault | undefined {
  if (answer.kind === 'unanswered') return { kind: 'temporary', says: shortened(answer.fault), retryAfterMs: 0 };
  const { status, headers, body } = answer;
  if (status >= 200 && status < 300) return undefined;
  const said = shortened(`${String(status)}: ${printable(says ?? '') || beginning(body) || 'no text'}`);
  if (status === 401 || status === 403) return { kind: 'credentials', says: said };
  if (status === 408 || status === 429 || status >= 500)
    return { kind: 'temporary', says: said, retryAfterMs: retryAfter(headers['retry-after'], now) };
  if (status >= 300 && status < 400)
    return { kind: 'refused', says: `${said}; redirected to ${printable(headers['location'] ?? 'nowhere')}` };
  return { kind: 'refused', says: said };
}

export type JsonRead = { readonly value: unknown } | { readonly fault: ErpFault };

/** The JSON of an answer of success. HTML, a truncated body and anything else that is not JSON is a broken answer. */
export function jsonOf({ headers, body, cutOff }: Answered): JsonRead {
  const broken = (says: string): JsonRead => ({ fault: { kind: 'broken_answer', says: shortened(says) } });
  if (cutOff === true) return broken('the answer is longer than allowed; make the pages smaller');
  const text = body.toString('utf8');
  if (/^\s*</.test(text)) return broken(`the answer is ${headers['content-type'] ?? 'a page'} and no JSON: ${beginning(body)}`);
  try {
    return { value: JSON.parse(text) as unknown };
  } catch {
    return broken(`the answer is truncated or no JSON: ${beginning(body)}`);
  }
}
