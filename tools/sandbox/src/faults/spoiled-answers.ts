import type { VendorAnswer } from '../http/vendor-call.js';

/** How the answer to a call is spoiled, whatever the ERP would have said. */
export type Spoiling = 'html' | 'truncated' | 'cut_off' | 'billion_laughs' | 'not_rows';

const LOGIN_PAGE = `<!DOCTYPE html>
<html><head><title>Logon</title></head><body><form method="post"><input name="user"><input name="password" type="password"></form></body></html>`;

const LAUGHS = 9;

/** Nine entities, each of ten of the one before: a thousand million words once they are put in. */
const billionLaughs = (): string => {
  const entities = Array.from({ length: LAUGHS }, (_, depth) => {
    const inner = depth === 0 ? 'lol' : `&lol${String(depth - 1)};`.repeat(10);
    return `<!ENTITY lol${String(depth)} "${inner}">`;
  });
  return `<?xml version="1.0"?>\n<!DOCTYPE lolz [${entities.join('\n')}]>\n<lolz>&lol${String(LAUGHS - 1)};</lolz>`;
};

/** What a caller gets instead of an answer that is well-formed. */
export function spoiled(how: Spoiling, answer: VendorAnswer): VendorAnswer {
  if (how === 'html') return { status: 200, headers: { 'content-type': 'text/html; charset=utf-8' }, body: Buffer.from(LOGIN_PAGE) };
  if (how === 'billion_laughs') return { status: 200, headers: { 'content-type': 'text/xml' }, body: Buffer.from(billionLaughs()) };
  const body = Buffer.isBuffer(answer.body) ? answer.body : Buffer.from(JSON.stringify(answer.body ?? {}));
  const headers = { ...(Buffer.isBuffer(answer.body) ? {} : { 'content-type': 'application/json' }), ...answer.headers };
  if (how === 'not_rows')
    return { ...answer, headers, body: Buffer.from(headers['content-type'] === 'application/json' ? '[7]' : '<odd/>') };
  // A proxy that ends in the middle of the answer and says so, or one that says that there is more.
  const length = how === 'cut_off' ? { 'content-length': String(body.length) } : {};
  return { ...answer, headers: { ...headers, ...length }, body: body.subarray(0, Math.floor(body.length / 2)) };
}
