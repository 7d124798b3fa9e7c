import { zalandoLogin, zalandoRig, type ZalandoAnswer, type ZalandoRig } from '../../../test/zalando-rig.js';
import { contractFile } from '../../specifications/contracts-folder.js';
import { eanOf, isEan } from './ean.js';

let rig: ZalandoRig;
beforeEach(async () => {
  rig = await zalandoRig();
});
afterEach(() => rig.zalando.close());

const update = (ean: string, quantity: number, channel = rig.channels[0]) => ({ sales_channel_id: channel, ean, quantity });
const results = ({ body }: ZalandoAnswer) =>
  (body['results'] as readonly { result: { status: string; code: number } }[]).map(({ result }) => [result.status, result.code]);

describe('a stock update', () => {
  it('sets a figure at one sales channel', async () => {
    const [ean = ''] = rig.zalando.addListings([{ sku: 'A', quantity: 1 }]);
    const answer = await rig.stocks([update(ean, 5)]);
    expect([answer.status, results(answer)]).toEqual([207, [['ACCEPTED', 0]]]);
    expect([rig.quantity(ean, rig.channels[0]), rig.quantity(ean, rig.channels[1])]).toEqual([5, 1]);
  });

  it('is judged item by item', async () => {
    const [ean = ''] = rig.zalando.addListings([{ sku: 'A' }]);
    const [held = ''] = rig.zalando.addHeldListings([{ sku: 'H' }]);
    const answer = await rig.stocks([
      update(ean, 5),
      update(`${ean.slice(0, 12)}${String((Number(ean[12]) + 1) % 10)}`, 5),
      update(ean, 5, 'd2b1b8a6-0000-4000-8000-000000000000'),
      update(ean, -1, rig.channels[1]),
      update(held, 5),
      update(eanOf(999), 5),
    ]);
    expect(results(answer)).toEqual([
      ['ACCEPTED', 0],
      ['REJECTED', 101],
      ['REJECTED', 101],
      ['REJECTED', 101],
      ['ACCEPTED', 104],
      ['ACCEPTED', 104],
    ]);
  });

  it('of an article that is not onboarded is held and shows when it is', async () => {
    const [held = ''] = rig.zalando.addHeldListings([{ sku: 'H' }]);
    await rig.stocks([update(held, 4)]);
    await rig.stocks([update(held, 6)]);
    expect(rig.quantity(held, rig.channels[0])).toBeUndefined();
    rig.zalando.onboard(held);
    expect(rig.quantity(held, rig.channels[0])).toBe(6);
  });

  it('is refused as a whole where the batch is malformed', async () => {
    const [ean = ''] = rig.zalando.addListings([{ sku: 'A' }]);
    expect((await rig.stocks([update(ean, 1), update(ean, 2)])).status).toBe(400);
    expect((await rig.stocks(Array.from({ length: 1_001 }, (_, index) => update(eanOf(index), 1)))).status).toBe(400);
    expect((await rig.stocks([{ ean, quantity: 1 }])).status).toBe(400);
    expect((await rig.stocks([update(ean, 1.5)])).status).toBe(400);
    const refused = await rig.stocks([]);
    expect([refused.status, refused.headers.get('content-type'), refused.body['title']]).toEqual([
      400,
      'application/problem+json',
      'Bad Request',
    ]);
  });

  it('acts out the faults of single articles', async () => {
    const [one = '', two = ''] = rig.zalando.addListings([{ sku: 'A' }, { sku: 'B' }]);
    rig.zalando.faults.next({ kind: 'reject_listings', listingIds: [one], permanent: false });
    expect(results(await rig.stocks([update(one, 5), update(two, 5)]))).toEqual([
      ['FAILED', 102],
      ['ACCEPTED', 0],
    ]);
    rig.zalando.faults.next({ kind: 'reject_listings', listingIds: [one], permanent: true });
    expect(results(await rig.stocks([update(one, 5)]))).toEqual([['REJECTED', 101]]);
    rig.zalando.faults.next({ kind: 'never_apply' });
    expect(results(await rig.stocks([update(one, 5)]))).toEqual([['ACCEPTED', 0]]);
    rig.zalando.faults.next({ kind: 'apply_late', ms: 1_000 });
    await rig.stocks([update(two, 7)]);
    expect([rig.quantity(one, rig.channels[0]), rig.quantity(two, rig.channels[0])]).toEqual([0, 5]);
    rig.clock.forward(1_000);
    expect(rig.quantity(two, rig.channels[0])).toBe(7);
  });

  it('is answered as Zalando’s guide writes it where the simulator is told so', async () => {
    await rig.zalando.close();
    rig = await zalandoRig({ answersUnder: 'items' });
    const [ean = ''] = rig.zalando.addListings([{ sku: 'A' }]);
    expect((await rig.stocks([update(ean, 5)])).body).toMatchObject({ items: [{ item: { ean }, result: { code: '0' } }] });
  });
});

describe('the limits of stock updates', () => {
  it('are 60 calls a minute, back at nothing on the minute', async () => {
    const [ean = ''] = rig.zalando.addListings([{ sku: 'A' }]);
    rig.clock.forward(45_000);
    for (let call = 0; call < 60; call += 1) expect((await rig.stocks([update(ean, call)])).status).toBe(207);
    const refused = await rig.stocks([update(ean, 60)]);
    expect([refused.status, refused.headers.get('retry-after'), refused.headers.get('x-rate-limit')]).toEqual([429, '15', '60']);
    rig.clock.forward(14_999);
    expect((await rig.stocks([update(ean, 60)])).status).toBe(429);
    rig.clock.forward(1);
    expect((await rig.stocks([update(ean, 60)])).status).toBe(207);
    expect(rig.zalando.log.throttled).toBe(2);
  });

  it('are 2,000 items a minute', async () => {
    const items = Array.from({ length: 1_000 }, (_, index) => update(eanOf(index), 1));
    expect([(await rig.stocks(items)).status, (await rig.stocks(items)).status]).toEqual([207, 207]);
    const refused = await rig.stocks(items.slice(0, 1));
    expect([refused.status, refused.headers.get('x-rate-limit')]).toEqual([429, '2000']);
  });

  it('are out of reach with limits none', async () => {
    await rig.zalando.close();
    rig = await zalandoRig({ limits: 'none' });
    for (let call = 0; call < 61; call += 1) expect((await rig.stocks([update(eanOf(1), 1)])).status).toBe(207);
  });
});

describe('an access token', () => {
  it('lives for two hours and names the merchant and the scopes', async () => {
    expect((await rig.call('GET', '/auth/me')).body).toMatchObject({
      bpids: [rig.merchantId],
      scopes: expect.arrayContaining(['products/stock/write']),
    });
    rig.clock.forward(7_200_000);
    expect((await rig.call('GET', '/auth/me')).status).toBe(401);
    expect((await rig.stocks([update(eanOf(1), 1)])).status).toBe(401);
  });

  it('is given for the right secret and scope, until the app is removed', async () => {
    expect((await zalandoLogin(rig.zalando, 'wrong')).status).toBe(401);
    expect((await zalandoLogin(rig.zalando, undefined, 'other')).status).toBe(400);
    rig.zalando.faults.credentialsRevoked = true;
    expect([(await zalandoLogin(rig.zalando)).status, (await rig.call('GET', '/auth/me')).status]).toEqual([401, 401]);
  });

  it('is refused for another merchant and without the scope', async () => {
    expect((await rig.call('POST', '/merchants/d2b1b8a6-0000-4000-8000-000000000000/stocks', { items: [] })).status).toBe(403);
    await rig.zalando.close();
    rig = await zalandoRig({ scopes: ['orders/read'] });
    expect((await rig.stocks([update(eanOf(1), 1)])).status).toBe(403);
  });
});

it.each(['4006381333931', '5901234123457', eanOf(1), eanOf(12_345)])('%s is an EAN', (ean) => expect(isEan(ean)).toBe(true));
it.each(['4006381333932', '590123412345', 'A901234123457', ''])('%s is none', (text) => expect(isEan(text)).toBe(false));

(contractFile('zalando', 'zalando-stocks-openapi.yml') === undefined ? it.skip : it)(
  'stock updates and their results hold against the mirrored specification of Zalando',
  async () => {
    const [ean = ''] = rig.zalando.addListings([{ sku: 'A' }]);
    await rig.stocks([update(ean, 5), update(eanOf(999), 5), update('1', 5)]);
    expect(rig.zalando.log.violations).toEqual([]);
    // A request that is refused is held to it, too.
    expect((await rig.stocks([update(ean, -1), update(ean, 5)])).status).toBe(400);
    expect(rig.zalando.log.violations).toEqual([expect.stringContaining('request/items/0/quantity')]);
    await rig.stocks([{ ...update(ean, 5), sales_channel_id: 'germany' }]);
    expect(rig.zalando.log.violations).toContainEqual(expect.stringContaining('sales_channel_id'));
  },
);
