import type { ChannelEvent, HookReading, PollResult } from '../src/providers/inbound.js';
import type { Provider } from '../src/providers/provider.js';
import { IsText } from '@holdfast/platform';

class FakeSettings {
  @IsText({ optional: true })
  readonly name?: string;
}

class FakeCredentials {
  @IsText()
  readonly secret!: string;
}

/** A kind of channel whose messages are signed by a word in a header, and that is polled for pages which a test puts there. */
export class FakeVendor {
  readonly pages: PollResult[] = [];
  /** Cursors of the polls so far. */
  readonly polls: (string | null)[] = [];
  /** Listings that were written, each with its figure. */
  readonly written: (readonly [listingId: string, quantity: number])[] = [];
  /** Whether messages cannot be checked. */
  broken = false;
  /** Accounts by their secret that take ten seconds to check a message. */
  readonly slow = new Set<string>();

  readonly provider: Provider<FakeSettings, FakeCredentials> = {
    name: 'fake',
    settings: FakeSettings,
    credentials: FakeCredentials,
    limits: () => [],
    mostUnits: 1_000_000,
    open: ({ credentials: { secret } }) => ({
      batch: () => 100,
      write: (listings) => {
        this.written.push(...listings.map(({ listingId, quantity }) => [listingId, quantity] as const));
        return Promise.resolve({
          account: { kind: 'ok' },
          outcomes: new Map(listings.map(({ listingId }) => [listingId, { kind: 'applied' }])),
        });
      },
      check: () => Promise.resolve([]),
      hook: async ({ method, url, headers, query, body }): Promise<HookReading> => {
        if (this.slow.has(secret)) await new Promise((resolve) => setTimeout(resolve, 10_000).unref());
        if (this.broken) return Promise.reject(new Error('the key of the vendor cannot be read'));
        if (method === 'GET') {
          const reading: HookReading =
            query['word'] === secret ? { kind: 'challenge', body: { answer: secret, url } } : { kind: 'refused', says: 'wrong word' };
          return Promise.resolve(reading);
        }
        if (headers['x-signature'] !== secret) return Promise.resolve({ kind: 'refused', says: `not signed by ${secret}` });
        const messageId = headers['x-message'] ?? '';
        if (body[0] !== 0x5b) return Promise.resolve({ kind: 'unreadable', messageId, says: 'it is no list' });
        return Promise.resolve({ kind: 'verified', messageId, events: JSON.parse(body.toString()) as ChannelEvent[] });
      },
      poll: (cursor) => {
        this.polls.push(cursor);
        return Promise.resolve(this.pages.shift() ?? { account: { kind: 'ok' }, events: [], cursor, more: false });
      },
    }),
  };
}
