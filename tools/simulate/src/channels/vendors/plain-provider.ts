import { runInLanes } from '@holdfast/kit';
import {
  callWithToken,
  type Account,
  type AccountVerdict,
  type ListingWrite,
  type Outcome,
  type PendingWrite,
  type Provider,
  type ProviderAccount,
  type ProviderTools,
  type ReadResult,
  type WriteResult,
} from '@holdfast/channel-connector';
import { CALLS, LISTINGS_PER_WRITE, SINGLE_CALLS, TOKEN_HEADER, type FigureResult, type WriteState } from './plain-protocol.js';

export class PlainSettings {
  readonly shop!: string;
  /** Whether an accepted write keeps others of its listing out. */
  readonly exclusive!: boolean;
  /** Whether each listing goes in a call of its own, several of them at once. */
  readonly single!: boolean;
}

export class PlainCredentials {}

type Called = { readonly body: unknown } | { readonly account: AccountVerdict; readonly mayHaveApplied: boolean };

const CHECK_AFTER_MS = 1_500;
const OK: AccountVerdict = { kind: 'ok' };

/** A vendor with one figure a listing, set at once or accepted and set later. */
export const plainProvider: Provider<PlainSettings, PlainCredentials> = {
  name: 'plain',
  settings: PlainSettings,
  credentials: PlainCredentials,
  mostUnits: 1_000_000,
  limits: (settings) => [callsOf(settings)],
  renew: async ({ settings }, http) => {
    const answer = await http.call({ method: 'POST', url: `https://${settings.shop}/token` });
    if (answer.kind === 'unanswered' || answer.status !== 200) return { account: failed('no token') };
    const given = JSON.parse(answer.body.toString()) as { readonly access_token: string; readonly expires_in: number };
    return { given: { accessToken: given.access_token, expiresInMs: given.expires_in * 1_000 } };
  },
  open,
};

function open({ settings }: Account<PlainSettings, PlainCredentials>, tools: ProviderTools): ProviderAccount {
  const { single } = settings;
  return { batch: () => LISTINGS_PER_WRITE, write: single ? writeEach : write, confirm, read, check: () => Promise.resolve([]) };

  async function call(method: 'GET' | 'POST', path: string, urgent: boolean, body?: object): Promise<Called> {
    const called = await callWithToken(tools, { spends: [{ limit: CALLS.name, units: 1 }], urgent }, (token) => {
      const request = { method, url: `https://${settings.shop}${path}`, headers: { [TOKEN_HEADER]: token } };
      return body === undefined ? request : { ...request, body: JSON.stringify(body) };
    });
    if ('account' in called) return { account: called.account, mayHaveApplied: false };
    const { answer } = called;
    if (answer.kind === 'unanswered') return { account: failed(answer.fault), mayHaveApplied: answer.sent };
    if (answer.status === 429) return { account: await slowedDown(Number(answer.headers['retry-after']) * 1_000), mayHaveApplied: false };
    if (answer.status !== 200) return { account: failed(`answered ${String(answer.status)}`), mayHaveApplied: true };
    return { body: JSON.parse(answer.body.toString()) as unknown };
  }

  async function slowedDown(retryAfterMs: number): Promise<AccountVerdict> {
    await tools.budget.report([{ limit: CALLS.name, remaining: 0, notBefore: tools.now() + retryAfterMs }]);
    return { kind: 'slow_down', says: 'too many calls', retryAfterMs };
  }

  /** After a fault of the account no further call is begun. */
  async function writeEach(listings: readonly ListingWrite[]): Promise<WriteResult> {
    const outcomes = new Map<string, Outcome>();
    let account = OK;
    await runInLanes(listings, { laneOf: ({ listingId }) => listingId, lanes: LISTINGS_PER_WRITE, window: 1 }, async (listing) => {
      if (account.kind !== 'ok') return;
      const result = await write([listing]);
      for (const [listingId, outcome] of result.outcomes) outcomes.set(listingId, outcome);
      if (result.account.kind !== 'ok') account = result.account;
    });
    return { account, outcomes };
  }

  async function write(listings: readonly ListingWrite[]): Promise<WriteResult> {
    const wanted = listings.map(({ listingId, quantity, version }) => ({ id: listingId, quantity, version }));
    const urgent = listings.some((listing) => listing.urgent);
    const called = await call('POST', '/figures', urgent, { listings: wanted });
    if ('account' in called) {
      const lost: Outcome = { kind: 'unknown', says: 'no answer' };
      return {
        account: called.account,
        outcomes: new Map(called.mayHaveApplied ? listings.map(({ listingId }) => [listingId, lost]) : []),
      };
    }
    const results = called.body as Readonly<Record<string, FigureResult>>;
    return { account: OK, outcomes: new Map(Object.entries(results).map(([id, result]) => [id, outcomeOf(result)])) };
  }

  function outcomeOf(result: FigureResult): Outcome {
    if (result === 'set') return { kind: 'applied' };
    if (result === 'busy') return { kind: 'rejected_retryable', code: 'busy', says: 'later', retryAfterMs: 700 };
    if (result === 'unknown') return { kind: 'rejected_permanent', code: 'unknown', says: 'no such listing' };
    return { kind: 'accepted', reference: result.accepted, checkAfterMs: CHECK_AFTER_MS, exclusive: settings.exclusive };
  }

  async function confirm(pending: readonly PendingWrite[]): Promise<WriteResult> {
    const called = await call('GET', `/writes?${pending.map(({ reference }) => `id=${reference}`).join('&')}`, false);
    if ('account' in called) return { account: called.account, outcomes: new Map() };
    const states = called.body as Readonly<Record<string, WriteState>>;
    const ended: Readonly<Record<Exclude<WriteState, 'open'>, Outcome>> = {
      done: { kind: 'applied' },
      failed: { kind: 'rejected_retryable', code: 'failed', says: 'the report says so', retryAfterMs: 500 },
    };
    const outcomes = pending.map(({ listingId, reference }): [string, Outcome] => {
      const state = states[reference] ?? 'failed';
      const open: Outcome = { kind: 'accepted', reference, checkAfterMs: CHECK_AFTER_MS, exclusive: settings.exclusive };
      return [listingId, state === 'open' ? open : ended[state]];
    });
    return { account: OK, outcomes: new Map(outcomes) };
  }

  async function read(listingIds: readonly string[]): Promise<ReadResult> {
    const called = await call('GET', `/figures?${listingIds.map((id) => `id=${id}`).join('&')}`, false);
    if ('account' in called) return { account: called.account, figures: new Map() };
    const figures = Object.entries(called.body as Readonly<Record<string, number | null>>);
    return { account: OK, figures: new Map(figures.map(([id, units]) => [id, units === null ? null : { quantity: units, parts: [] }])) };
  }
}

/** How many calls a vendor takes. */
export const callsOf = ({ single }: Pick<PlainSettings, 'single'>): typeof CALLS | typeof SINGLE_CALLS => (single ? SINGLE_CALLS : CALLS);

const failed = (says: string): AccountVerdict => ({ kind: 'failed', says, retryAfterMs: 300 });
