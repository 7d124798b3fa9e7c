import { Sealer } from '@holdfast/kit';
import { newSecret, type VendorAnswer } from '@holdfast/vendor-http';
import type { DeliveryTable } from './delivery-table.js';
import { Receivers, sealedSecret, type Receiver } from './receivers.js';
import { Sending } from './sending.js';

const KEY = 'k'.repeat(32);
const MOST_MS = 3_600_000;
const WEBHOOK = { tenant: 'demo', webhookId: 'ops' };
const ALERT = { id: 'a', at: new Date(0), figures: { kind: 'low_stock', sku: 'TEE', available: 3, threshold: 10 }, attempts: 0 };
const TAKEN: VendorAnswer = { kind: 'answered', status: 200, headers: {}, body: Buffer.from('') };

/** Sends one alert to a receiver that takes it. @returns what became of it, once the turn is over */
async function sent(sealedWith: string, store: () => Promise<void> = async () => undefined) {
  const calls: unknown[][] = [];
  const faults: unknown[] = [];
  const receiver: Receiver = {
    ...WEBHOOK,
    url: 'https://shop.example',
    secret: sealedSecret(new Sealer(sealedWith), WEBHOOK, newSecret()),
  };
  const due = [[receiver]];
  let turnEnds = (): void => undefined;
  const turn = new Promise<void>((resolve) => {
    turnEnds = resolve;
  });
  const table = {
    claim: async () => due.pop() ?? [],
    waiting: async () => [ALERT],
    delivered: async (_: unknown, id: string) => void calls.push(['delivered', id]),
    postpone: async (...[, id, , leastMs]: readonly unknown[]) => void calls.push(['postponed', id, leastMs]),
    release: async () => turnEnds(),
  } as unknown as DeliveryTable;
  const onFault = (error: unknown) => void faults.push(error);
  const receivers = new Receivers({ until: () => ({ call: async () => TAKEN }) }, new Sealer(KEY), () => 0, { store }, onFault);
  const sending = new Sending({ table, receivers, everyMs: 60_000, backOff: { firstMs: 1, mostMs: MOST_MS }, onFault });
  sending.start();
  await turn;
  await sending.stop();
  return { calls, faults };
}

describe('an alert that a receiver has taken', () => {
  it('counts as delivered though the call could not be written down', async () => {
    const lost = new Error('the database is away');
    expect(await sent(KEY, () => Promise.reject(lost))).toEqual({ calls: [['delivered', 'a']], faults: [lost] });
  });
});

describe('an alert whose secret cannot be unsealed', () => {
  it('waits long, as only a person can mend that', async () =>
    expect(await sent('x'.repeat(32))).toEqual({ calls: [['postponed', 'a', MOST_MS]], faults: [] }));
});
