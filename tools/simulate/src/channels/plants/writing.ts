import { memoryLimits } from '@holdfast/channel-connector';
import { writingAs } from './around.js';
import type { ChannelPlant, Client } from './plant.js';

/** A client that changes the content of writes to Shopify. */
const changing = (real: Client, change: (body: string) => string): Client => ({
  until: (stopped) => {
    const http = real.until(stopped);
    return {
      call: (request) =>
        http.call(
          typeof request.body === 'string' && request.body.startsWith('{"query":"mutation')
            ? { ...request, body: change(request.body) }
            : request,
        ),
    };
  },
});

/** Mistakes of those who call vendors. */
export const writingPlants: readonly ChannelPlant[] = [
  {
    name: 'throttled-taken-for-done',
    mistake: 'a call that was refused because there were too many counts as a success',
    account: (real) =>
      writingAs(real, (result, listings) =>
        result.account.kind === 'slow_down'
          ? { account: { kind: 'ok' }, outcomes: new Map(listings.map(({ listingId }) => [listingId, { kind: 'applied' }])) }
          : result,
      ),
  },
  {
    name: 'accepted-taken-for-applied',
    mistake: 'what a vendor accepted counts as what it shows',
    account: (real) =>
      writingAs(real, (result) => ({
        ...result,
        outcomes: new Map([...result.outcomes].map(([id, outcome]) => [id, outcome.kind === 'accepted' ? { kind: 'applied' } : outcome])),
      })),
  },
  {
    name: 'lost-answer-taken-for-done',
    mistake: 'a write without an answer counts as a success',
    account: (real) =>
      writingAs(real, (result) => ({
        account: { kind: 'ok' },
        outcomes: new Map([...result.outcomes].map(([id, outcome]) => [id, outcome.kind === 'unknown' ? { kind: 'applied' } : outcome])),
      })),
  },
  {
    name: 'key-reused',
    mistake: 'a key of idempotency names the listing and its figure alone, so that a failure is repeated for ever',
    from: 95,
    client: (real) =>
      changing(real, (body) => {
        const { query, variables } = JSON.parse(body) as {
          readonly query: string;
          readonly variables: {
            readonly input: { readonly quantities: readonly { readonly inventoryItemId: string; readonly quantity: number }[] };
          };
        };
        const key = variables.input.quantities.map(({ inventoryItemId, quantity }) => `${inventoryItemId} ${String(quantity)}`).join();
        return JSON.stringify({ query, variables: { ...variables, key } });
      }),
  },
  {
    name: 'limit-per-process',
    mistake: 'each process has the limits of an account for itself',
    shared: (real, life) => {
      const limits = OWN_LIMITS.get(life) ?? memoryLimits(() => life.time.now());
      OWN_LIMITS.set(life, limits);
      return { ...real, limits };
    },
  },
];

const OWN_LIMITS = new WeakMap<object, ReturnType<typeof memoryLimits>>();
