import { startEbaySimulator, type EbayOptions, type EbaySimulator } from '@holdfast/sandbox';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { testTime, testTools } from '../../../../test/provider-tools.js';
import type { ChannelEvent, HookReading, HookRequest } from '../../inbound.js';
import type { ProviderAccount } from '../../provider.js';
import { inTime } from '../../within-the-answer.js';
import { EbayCredentials } from '../credentials.js';
import { ebayProvider } from '../provider.js';
import { EbaySettings } from '../settings.js';

/** A hook is answered within a second; a busy machine is given more, and the fault that is shown takes 10 s. */
const TOO_LATE_MS = 5_000;

let ebay: EbaySimulator;
let account: ProviderAccount;
let time: ReturnType<typeof testTime>;
let door: Server | undefined;
let requests: HookRequest[];
let readings: HookReading[];

let channels = 0;
const started = async (options: EbayOptions = {}, more: Partial<EbaySettings> = {}): Promise<void> => {
  channels += 1;
  time = testTime();
  const clock = { now: () => time.now(), after: (ms: number, action: () => void) => void time.wait(ms).then(action) };
  ebay = await startEbaySimulator({ clock, ...options });
  ebay.addListings([{ sku: 'A', quantity: 10 }]);
  const settings = Object.assign(new EbaySettings(), ebay.account.settings, more);
  const credentials = Object.assign(new EbayCredentials(), ebay.account.credentials);
  const set = { tenant: 'demo', channelId: `ebay-${String(channels)}`, settings, credentials, locations: [] };
  account = ebayProvider.open(set, testTools(ebayProvider, set, time).tools);
};
afterEach(async () => {
  await ebay.close();
  door?.closeAllConnections();
  door?.close();
  door = undefined;
});

/** Gives what the simulator posts to the provider, and answers as the service would. */
async function listening(): Promise<void> {
  requests = [];
  readings = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { origin, pathname, searchParams } = new URL(request.url ?? '/', `http://${request.headers.host ?? ''}`);
      const headers = request.headers as HookRequest['headers'];
      const method = request.method === 'GET' ? 'GET' : 'POST';
      const read = {
        method,
        url: `${origin}${pathname}`,
        query: Object.fromEntries(searchParams),
        headers,
        body: Buffer.concat(chunks),
      } as const;
      requests.push(read);
      void account.hook?.(read).then((reading) => {
        readings.push(reading);
        response.writeHead(200, { 'content-type': 'application/json' });
        response.end(JSON.stringify(reading.kind === 'challenge' ? reading.body : {}));
      });
    });
  });
  door = server;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  ebay.sendHooksTo({ url: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/hooks/ebay` });
}

const polled = async (cursor: string | null) => {
  const result = await account.poll?.(cursor);
  if (result === undefined) throw new Error('eBay is polled');
  return result;
};
const begun = async (): Promise<string | null> => (await polled(null)).cursor;
const ofKind = (events: readonly ChannelEvent[], kind: ChannelEvent['kind']) => events.filter((event) => event.kind === kind);

describe('orders polled from eBay', () => {
  it('begin at the first poll and are told once they change', async () => {
    await started();
    ebay.sell([{ listingId: 'A', quantity: 1 }]);
    time.set(time.now() + 600_000);
    const cursor = await begun();
    expect((await polled(cursor)).events).toEqual([]);
    const orderId = ebay.sell([{ listingId: 'A', quantity: 2 }]);
    expect((await polled(cursor)).events).toEqual([
      {
        kind: 'order',
        orderId,
        at: time.now(),
        lines: [{ lineId: expect.any(String) as string, listingId: 'A', quantity: 2, remoteId: null }],
      },
    ]);
  });

  it('tell of a cancellation as of all units', async () => {
    await started();
    const cursor = await begun();
    const orderId = ebay.sell([{ listingId: 'A', quantity: 2 }]);
    ebay.cancel(orderId);
    expect(ofKind((await polled(cursor)).events, 'cancel')).toMatchObject([{ orderId, lines: null }]);
  });

  it.each([true, false])('turn refunded money into units, restocked: %s, each refund with its own id', async (restock) => {
    await started({}, { restockRefunds: restock });
    const cursor = await begun();
    const orderId = ebay.sell([{ listingId: 'A', quantity: 3 }]);
    ebay.refund(orderId, [{ listingId: 'A', quantity: 1, restock }]);
    ebay.refund(orderId, [{ listingId: 'A', quantity: 2, restock }]);
    const refunds = ofKind((await polled(cursor)).events, 'refund');
    expect(refunds).toMatchObject([
      { orderId, lines: [{ quantity: 1, restock }] },
      { orderId, lines: [{ quantity: 2, restock }] },
    ]);
    expect(new Set(refunds.map((refund) => (refund.kind === 'refund' ? refund.refundId : ''))).size).toBe(2);
  });

  it('are read page by page, and an order twice rather than not at all', async () => {
    await started();
    const cursor = await begun();
    for (let order = 0; order < 10; order += 1) ebay.sell([{ listingId: 'A', quantity: 1 }]);
    const first = await polled(cursor);
    expect(first).toMatchObject({ more: false });
    expect(ofKind(first.events, 'order')).toHaveLength(10);
    expect(ofKind((await polled(first.cursor)).events, 'order')).toHaveLength(10);
    time.set(time.now() + 600_000);
    const later = await polled(first.cursor);
    expect((await polled(later.cursor)).events).toEqual([]);
  });

  it('keep their cursor where eBay does not answer', async () => {
    await started();
    const cursor = await begun();
    ebay.faults.next({ kind: 'server_error', status: 500 }, 1, 'getOrders');
    expect(await polled(cursor)).toMatchObject({ account: { kind: 'failed' }, cursor, events: [] });
  });
});

describe('notifications of eBay', () => {
  it.each([
    ['SHA1', 'bytes'],
    ['SHA256', 'json'],
  ] as const)('prove themselves by %s over the %s after the challenge, and bring the order', async (digest, signs) => {
    await started({ digest, signs });
    await listening();
    const orderId = ebay.sell([{ listingId: 'A', quantity: 2 }]);
    await ebay.hooksSent();
    expect(ebay.log.violations).toEqual([]);
    expect(readings).toMatchObject([{ kind: 'challenge' }, { kind: 'verified', events: [{ kind: 'order', orderId }] }]);
    ebay.accountDeleted('somebody');
    await ebay.hooksSent();
    expect(readings[2]).toMatchObject({ kind: 'verified', events: [] });
    expect(ebay.log.of('getPublicKey')).toHaveLength(1);
  });

  it('are refused where a byte, the key or the signature is another', async () => {
    await started();
    await listening();
    ebay.sell([{ listingId: 'A', quantity: 2 }]);
    await ebay.hooksSent();
    const message = requests.find(({ method }) => method === 'POST');
    if (message === undefined) throw new Error('nothing came');
    const hook = async (change: Partial<HookRequest>) => (await account.hook?.({ ...message, ...change }))?.kind;
    expect(await hook({})).toBe('verified');
    expect(await hook({ body: Buffer.from(message.body.toString().replace('1.0', '1.1')) })).toBe('refused');
    expect(await hook({ headers: {} })).toBe('refused');
    const signed = JSON.parse(Buffer.from(message.headers['x-ebay-signature'] ?? '', 'base64').toString()) as object;
    const withHeader = (header: object) => ({ 'x-ebay-signature': Buffer.from(JSON.stringify(header)).toString('base64') });
    expect(await hook({ headers: withHeader({ ...signed, kid: 'another' }) })).toBe('refused');
    expect(await hook({ headers: withHeader({ ...signed, signature: 'AAAA' }) })).toBe('refused');
    time.set(time.now() + 31 * 86_400_000);
    expect(await hook({})).toBe('refused');
  });

  it('are answered within a second where eBay does not give its key, and are to be sent again', async () => {
    // Answers that are slow come never.
    await started({ clock: { now: () => time.now(), after: () => undefined } });
    await listening();
    ebay.sell([{ listingId: 'A', quantity: 1 }]);
    await ebay.hooksSent();
    const message = requests.find(({ method }) => method === 'POST');
    if (message === undefined) throw new Error('nothing came');
    const signed = JSON.parse(Buffer.from(message.headers['x-ebay-signature'] ?? '', 'base64').toString()) as object;
    const header = Buffer.from(JSON.stringify({ ...signed, kid: 'slow-key' })).toString('base64');
    ebay.faults.next({ kind: 'slow_answer', ms: 10_000 }, 1, 'getPublicKey');
    const before = ebay.log.of('getPublicKey').length;
    const read = (request: HookRequest) => {
      if (account.hook === undefined) throw new Error('eBay sends hooks');
      return inTime(TOO_LATE_MS, account.hook(request));
    };
    const send = () => read({ ...message, headers: { 'x-ebay-signature': header } });
    await expect(send()).rejects.toThrow('did not give its key in time');
    await expect(send()).rejects.toThrow('did not give its key in time');
    expect(ebay.log.of('getPublicKey').length - before).toBeLessThanOrEqual(1);

    ebay.faults.next({ kind: 'slow_answer', ms: 10_000 }, 1, 'getOrder');
    expect(await read(message)).toMatchObject({ kind: 'verified', events: [] });
  });

  it('ask for few unknown keys, whoever posts, and are to be sent again where a key cannot be had', async () => {
    await started();
    const header = (kid: string) => ({ 'x-ebay-signature': Buffer.from(JSON.stringify({ kid, signature: 'AAAA' })).toString('base64') });
    const post = (kid: string) =>
      account.hook?.({ method: 'POST', url: 'http://door', query: {}, headers: header(kid), body: Buffer.from('{}') });
    for (let key = 0; key < 10; key += 1) expect((await post(`key-${String(key)}`))?.kind).toBe('refused');
    await expect(post('one-more')).rejects.toThrow('too many unknown keys');
    expect(ebay.log.of('getPublicKey')).toHaveLength(10);
    time.set(time.now() + 60_000);
    ebay.faults.next({ kind: 'server_error', status: 503 }, 1, 'getPublicKey');
    await expect(post('one-more')).rejects.toThrow('did not give its key');
    expect((await post('one-more'))?.kind).toBe('refused');
  });
});
