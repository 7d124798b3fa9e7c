import { IsText } from '@holdfast/platform';
import type { VendorRequest } from '@holdfast/vendor-http';
import type { Account, Provider, ProviderAccount } from '../../src/providers/provider.js';
import type { ListingPage } from '../../src/providers/read.js';
import { fieldsOf, jsonOf, listOf, textOf, wholeOf } from '../../src/providers/reading.js';
import type { ProviderTools } from '../../src/providers/tools.js';
import type { AccountVerdict, ListingWrite, Outcome, WriteResult } from '../../src/providers/write.js';

const CALLS = 'calls';
const RETRY_MS = 1_000;

export class SmallSettings {
  @IsText({ max: 2_000, description: 'Address of the shop' })
  readonly baseUrl!: string;
}

export class SmallCredentials {
  @IsText({ max: 200, description: 'Key of the shop' })
  readonly key!: string;
}

type Called = { readonly status: number; readonly body: unknown } | { readonly account: AccountVerdict; readonly sent: boolean };

/** A shop with one figure a listing: `PUT /stock/{id}` sets it, `GET /stock` lists all. The guide to writing a channel explains it. */
export const smallProvider: Provider<SmallSettings, SmallCredentials> = {
  name: 'small',
  settings: SmallSettings,
  credentials: SmallCredentials,
  mostUnits: 9_999,
  limits: () => [{ kind: 'bucket', name: CALLS, perSecond: 50, burst: 10 }],
  open,
};

function open({ settings, credentials }: Account<SmallSettings, SmallCredentials>, { http, budget }: ProviderTools): ProviderAccount {
  return { batch: () => 20, write, list, check };

  async function call(method: VendorRequest['method'], path: string, urgent: boolean, body?: object): Promise<Called> {
    if (!(await budget.take([{ limit: CALLS, units: 1 }], { urgent }))) return { account: failed('stopped before the call'), sent: false };
    const headers = { 'x-key': credentials.key, 'content-type': 'application/json' };
    const request = { method, url: `${settings.baseUrl}${path}`, headers };
    const answer = await http.call(body === undefined ? request : { ...request, body: JSON.stringify(body) });
    if (answer.kind === 'unanswered') return { account: failed(answer.fault), sent: answer.sent };
    const says = `the shop answered ${String(answer.status)}`;
    if (answer.status === 401) return { account: { kind: 'unauthorized', says }, sent: false };
    if (answer.status === 429) return { account: { kind: 'slow_down', says, retryAfterMs: RETRY_MS }, sent: false };
    if (answer.status >= 500) return { account: failed(says), sent: true };
    return { status: answer.status, body: jsonOf(answer.body) };
  }

  async function write(listings: readonly ListingWrite[]): Promise<WriteResult> {
    const outcomes = new Map<string, Outcome>();
    for (const { listingId, quantity, urgent } of listings) {
      const called = await call('PUT', `/stock/${encodeURIComponent(listingId)}`, urgent, { quantity });
      if ('account' in called) {
        if (called.sent && 'says' in called.account) outcomes.set(listingId, { kind: 'unknown', says: called.account.says });
        return { account: called.account, outcomes };
      }
      const says = `the shop answered ${String(called.status)}`;
      outcomes.set(listingId, called.status === 200 ? { kind: 'applied' } : { kind: 'rejected_permanent', code: 'refused', says });
    }
    return { account: { kind: 'ok' }, outcomes };
  }

  async function list(): Promise<ListingPage> {
    const called = await call('GET', '/stock', false);
    if ('account' in called) return { account: called.account, listings: [], next: null, total: null };
    const listings = listOf(called.body).flatMap((row) => {
      const { id, sku, quantity } = fieldsOf(row);
      const listingId = textOf(id);
      const figure = { quantity: wholeOf(quantity) ?? 0, parts: [] };
      return listingId === undefined ? [] : [{ listingId, sku: textOf(sku) ?? null, barcode: null, title: null, figure, says: null }];
    });
    return { account: { kind: 'ok' }, listings, next: null, total: listings.length };
  }

  async function check(): ReturnType<ProviderAccount['check']> {
    const called = await call('GET', '/stock', true);
    const account = 'account' in called ? called.account : undefined;
    const says = account !== undefined && 'says' in account ? account.says : 'the shop answers and takes the key';
    if (account?.kind !== 'unauthorized') return [{ name: 'reachable', ok: account === undefined, says }];
    return [
      { name: 'reachable', ok: true, says: 'the shop answers' },
      { name: 'token', ok: false, says },
    ];
  }
}

const failed = (says: string): AccountVerdict => ({ kind: 'failed', says, retryAfterMs: RETRY_MS });
