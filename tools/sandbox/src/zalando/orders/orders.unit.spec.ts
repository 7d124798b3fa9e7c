import { zalandoRig, type ZalandoRig } from '../../../test/zalando-rig.js';

let rig: ZalandoRig;
beforeEach(async () => {
  rig = await zalandoRig();
});
afterEach(() => rig.zalando.close());

interface Resource {
  readonly type: string;
  readonly id: string;
  readonly attributes: Readonly<Record<string, unknown>>;
}

const search = (query = '', headers?: Readonly<Record<string, string>>) =>
  rig.call('GET', `/merchants/${rig.merchantId}/orders?sort=modified_at&${query}`, undefined, headers);
const ids = async (query = '') => ((await search(query)).body['data'] as readonly Resource[]).map(({ id }) => id);
const included = async (type: string) =>
  ((await search('include=order_items,order_lines,order_lines.order_line_transitions')).body['included'] as readonly Resource[])
    .filter((resource) => resource.type === type)
    .map(({ attributes }) => attributes);

describe('an order', () => {
  it('is one line for each unit and lowers the figure of its sales channel', async () => {
    const [ean = ''] = rig.zalando.addListings([{ sku: 'A', quantity: 5 }]);
    const id = rig.zalando.sell([{ listingId: ean, quantity: 2, remoteId: rig.channels[1] }]);
    expect(await ids()).toEqual([id]);
    expect(await included('OrderItem')).toMatchObject([{ external_id: ean, quantity_initial: 2, quantity_reserved: 2 }]);
    expect(await included('OrderLine')).toMatchObject([{ status: 'reserved' }, { status: 'reserved' }]);
    expect([rig.quantity(ean, rig.channels[0]), rig.quantity(ean, rig.channels[1])]).toEqual([5, 3]);
  });

  it('shows what was cancelled and what came back, and why', async () => {
    const [ean = ''] = rig.zalando.addListings([{ sku: 'A', quantity: 5 }]);
    const id = rig.zalando.sell([{ listingId: ean, quantity: 3 }]);
    rig.zalando.refund(id, [{ listingId: ean, quantity: 1, restock: true }]);
    rig.zalando.refund(id, [{ listingId: ean, quantity: 1, restock: false }]);
    rig.zalando.cancel(id);
    rig.zalando.cancel(id);
    expect(await included('OrderItem')).toMatchObject([{ quantity_returned: 2, quantity_canceled: 1, quantity_reserved: 0 }]);
    expect(await included('OrderLineTransition')).toMatchObject([
      { final_status: 'returned', transition_reason: { description: 'DISLIKE' } },
      { final_status: 'returned', transition_reason: { description: 'DEFECTIVE' } },
      { final_status: 'canceled' },
    ]);
    expect(rig.quantity(ean, rig.channels[0])).toBe(3);
  });
});

describe('a search of orders', () => {
  it('finds by the time of change, which is exclusive, in pages', async () => {
    const [ean = ''] = rig.zalando.addListings([{ sku: 'A', quantity: 5 }]);
    const sold = Array.from({ length: 3 }, () => {
      rig.clock.forward(1_000);
      return rig.zalando.sell([{ listingId: ean, quantity: 1 }]);
    });
    const second = new Date(rig.clock.now() - 1_000).toISOString();
    expect(await ids(`last_updated_after=${second}`)).toEqual(sold.slice(2));
    expect(await ids(`last_updated_before=${second}`)).toEqual(sold.slice(0, 1));
    expect([await ids('page[size]=2'), await ids('page[size]=2&page[number]=1')]).toEqual([sold.slice(0, 2), sold.slice(2)]);
    rig.clock.forward(1_000);
    rig.zalando.cancel(String(sold[0]));
    expect(await ids(`last_updated_after=${second}`)).toEqual([sold[2], sold[0]]);
  });

  it('refuses what it does not know', async () => {
    expect((await search('', { accept: 'application/json' })).status).toBe(406);
    expect((await search('include=customers')).status).toBe(400);
    expect((await search('page[size]=1001')).status).toBe(400);
    expect((await search('last_updated_after=yesterday')).status).toBe(400);
  });

  it('is made 40 times a minute', async () => {
    for (let call = 0; call < 40; call += 1) expect((await search()).status).toBe(200);
    const refused = await search();
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '60']);
  });
});
