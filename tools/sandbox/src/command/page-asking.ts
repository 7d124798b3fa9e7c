import type { ShownListing, Vendor } from '../simulator.js';

/** Text for HTML, also inside attributes. */
export const escaped = (text: string): string =>
  text.replace(/[&<>"']/g, (sign) => `&${{ '&': 'amp', '<': 'lt', '>': 'gt', '"': 'quot', "'": '#39' }[sign] ?? ''};`);

/** Posts what a button says, and shows the page anew. */
export const SCRIPT = `document.addEventListener('click', async ({ target }) => {
  const { post, body } = target.dataset;
  if (post === undefined) return;
  const answer = await fetch(post, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
  if (answer.ok) location.reload(); else alert((await answer.json()).message);
});`;

const button = (label: string, post: string, body: object): string =>
  `<button data-post="${escaped(post)}" data-body="${escaped(JSON.stringify(body))}">${escaped(label)}</button>`;

const LATE_MS = 10_000;

/** Faults that the next call of a vendor can meet. */
export const faultButtons = (vendor: Vendor): string =>
  [
    button('next call: too many', `/${vendor}/faults`, { kind: 'throttle', retryAfterMs: LATE_MS }),
    button('503', `/${vendor}/faults`, { kind: 'server_error', status: 503 }),
    button('answer lost', `/${vendor}/faults`, { kind: 'lose_answer' }),
    button('arrives 10 s late', `/${vendor}/faults`, { kind: 'arrive_late', ms: LATE_MS }),
    button('tokens end', `/${vendor}/faults`, { kind: 'expire_tokens' }),
    button('no faults', `/${vendor}/faults`, { kind: 'none' }),
  ].join(' ');

/** What a person or a shopper can do with a listing. */
export function listingButtons(vendor: Vendor, { listingId, remoteId, quantity }: ShownListing): string {
  const at = { listingId, ...(remoteId === null ? {} : { remoteId }) };
  const sell = quantity > 0 ? button('sell 1', `/${vendor}/orders`, { lines: [{ ...at, quantity: 1 }] }) : '';
  return `${button('edit +5', `/${vendor}/edits`, { ...at, quantity: quantity + 5 })} ${sell}`;
}

const curl = (url: string, path: string, body: object): string =>
  `curl -X POST ${url}/${path} -H 'content-type: application/json' -d '${JSON.stringify(body)}'`;

/** Everything that can be asked, as lines to paste. @param listing of the first vendor */
export function curlLines(url: string, vendor: Vendor, { listingId }: Pick<ShownListing, 'listingId'>): string {
  const lines = [
    curl(url, `${vendor}/faults`, { kind: 'throttle', retryAfterMs: LATE_MS, times: 3 }),
    curl(url, `${vendor}/faults`, { kind: 'none' }),
    curl(url, `${vendor}/edits`, { listingId, quantity: 12 }),
    curl(url, `${vendor}/orders`, { lines: [{ listingId, quantity: 1 }] }),
    curl(url, `${vendor}/cancellations`, { orderId: '…' }),
    curl(url, `${vendor}/refunds`, { orderId: '…', lines: [{ listingId, quantity: 1, restock: true }] }),
    curl(url, `${vendor}/hooks`, { url: `http://127.0.0.1:3000/hooks/${vendor}` }),
  ];
  return `<section><h2>Ask for more</h2><div class="calls">The same for every vendor. Kinds of faults: throttle, server_error (status), drop,
arrive_late (ms), lose_answer, slow_answer (ms), expire_tokens, reject_listings (listingIds, permanent), apply_late (ms), never_apply, apply_twice, revoke_credentials
and none, each with times and operation where wanted. A refused body says what is wrong with it.</div><pre>${escaped(lines.join('\n'))}</pre></section>`;
}
