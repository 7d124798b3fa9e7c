import { amazonRig, type AmazonRig } from '../../../test/amazon-rig.js';
import { contractFile } from '../../specifications/contracts-folder.js';

let rig: AmazonRig;
beforeEach(async () => {
  rig = await amazonRig({ limits: 'none' });
});
afterEach(() => rig.amazon.close());

const base = '/listings/2021-08-01/items/A2HOLDFASTSHOP';
const market = 'marketplaceIds=A1PA6795UKMFR9';
const own = (quantity: unknown) => ({ fulfillment_channel_code: 'DEFAULT', quantity });

describe('patching a listing', () => {
  it('is accepted and applied later', async () => {
    rig.amazon.addListings([{ sku: 'A', quantity: 3 }]);
    expect((await rig.patch('A', own(7))).body).toMatchObject({ sku: 'A', status: 'ACCEPTED', issues: [] });
    expect(rig.quantity('A')).toBe(3);
    rig.clock.forward(1_000);
    expect(rig.quantity('A')).toBe(7);
  });

  it('keeps the other fields with merge and loses them with replace', async () => {
    rig.amazon.addListings([{ sku: 'A' }, { sku: 'B' }]);
    await rig.patch('A', own(7), 'merge');
    await rig.patch('B', own(7), 'replace');
    rig.clock.forward(1_000);
    expect(rig.amazon.availability('A')).toEqual([{ ...own(7), lead_time_to_ship_max_days: 2, marketplace_id: 'A1PA6795UKMFR9' }]);
    expect(rig.amazon.availability('B')).toEqual([own(7)]);
  });

  it.each([
    ['a quantity below 0', own(-1), 'SHIRT', '90246'],
    ['a fraction', own(1.5), 'SHIRT', '90246'],
    ['a quantity above the highest', own(1_000_000), 'SHIRT', '90246'],
    ['an unknown channel code', { fulfillment_channel_code: 'SHELF', quantity: 1 }, 'SHIRT', '90244'],
    ['stock that Amazon keeps', { fulfillment_channel_code: 'AMAZON_EU', quantity: 1 }, 'SHIRT', '90245'],
    ['the product type of another', own(1), 'LUGGAGE', '90000900'],
    ['the product type PRODUCT', own(1), 'PRODUCT', '90000900'],
  ])('is INVALID with status 200 for %s', async (_, value, productType, code) => {
    rig.amazon.addListings([{ sku: 'A', quantity: 3 }]);
    const answer = await rig.patch('A', value, 'merge', productType);
    expect([answer.status, answer.body]).toMatchObject([200, { status: 'INVALID', issues: [{ code, severity: 'ERROR' }] }]);
    rig.clock.forward(60_000);
    expect(rig.quantity('A')).toBe(3);
  });

  it('is INVALID for a SKU that is not there', async () => {
    expect((await rig.patch('none', own(1))).body).toMatchObject({ status: 'INVALID', issues: [{ code: '13013' }] });
  });

  it('is refused without product type, with a nested path and for another seller', async () => {
    rig.amazon.addListings([{ sku: 'A' }]);
    const path = '/attributes/fulfillment_availability';
    expect((await rig.call('PATCH', `${base}/A?${market}`, { patches: [{ op: 'merge', path, value: [own(1)] }] })).status).toBe(400);
    const nested = { productType: 'SHIRT', patches: [{ op: 'merge', path: `${path}/0/quantity`, value: [own(1)] }] };
    expect((await rig.call('PATCH', `${base}/A?${market}`, nested)).status).toBe(400);
    expect((await rig.call('PATCH', `${base}/A`, { productType: 'SHIRT', patches: [{ op: 'merge', path, value: [own(1)] }] })).status).toBe(
      400,
    );
    expect((await rig.call('GET', `/listings/2021-08-01/items/OTHER/A?${market}`)).status).toBe(403);
  });

  it('changes nothing as a preview', async () => {
    rig.amazon.addListings([{ sku: 'A', quantity: 3 }]);
    const body = { productType: 'SHIRT', patches: [{ op: 'merge', path: '/attributes/fulfillment_availability', value: [own(9)] }] };
    expect((await rig.call('PATCH', `${base}/A?${market}&mode=VALIDATION_PREVIEW`, body)).body).toMatchObject({ status: 'VALID' });
    rig.clock.forward(60_000);
    expect(rig.quantity('A')).toBe(3);
  });

  it('acts out the faults of single listings', async () => {
    rig.amazon.addListings([{ sku: 'A' }, { sku: 'B' }]);
    rig.amazon.faults.next({ kind: 'reject_listings', listingIds: ['A'], permanent: true });
    expect((await rig.patch('A', own(1))).body).toMatchObject({ status: 'INVALID' });
    rig.amazon.faults.next({ kind: 'reject_listings', listingIds: ['A'], permanent: false });
    expect((await rig.patch('A', own(1))).status).toBe(503);
    rig.amazon.faults.next({ kind: 'never_apply' });
    await rig.patch('A', own(1));
    rig.amazon.faults.next({ kind: 'apply_late', ms: 60_000 });
    await rig.patch('B', own(1));
    rig.clock.forward(59_000);
    expect([rig.quantity('A'), rig.quantity('B')]).toEqual([0, 0]);
    rig.clock.forward(1_000);
    expect([rig.quantity('A'), rig.quantity('B')]).toEqual([0, 1]);
  });

  it('takes a SKU with a slash and a space', async () => {
    rig.amazon.addListings([{ sku: 'A/1 blue' }]);
    await rig.patch('A/1 blue', own(4));
    rig.clock.forward(1_000);
    expect(rig.quantity('A/1 blue')).toBe(4);
  });
});

describe('reading listings', () => {
  it('answers the data sets asked for', async () => {
    rig.amazon.addListings([{ sku: 'A', barcode: '4006381333931', title: 'Pen', quantity: 3 }]);
    const { body } = await rig.call('GET', `${base}/A?${market}&includedData=summaries,fulfillmentAvailability,attributes`);
    expect(body).toMatchObject({
      sku: 'A',
      summaries: [{ productType: 'SHIRT', itemName: 'Pen' }],
      fulfillmentAvailability: [{ fulfillmentChannelCode: 'DEFAULT', quantity: 3 }],
      attributes: { externally_assigned_product_identifier: [{ type: 'ean', value: '4006381333931' }] },
    });
    expect((await rig.call('GET', `${base}/none?${market}`)).status).toBe(404);
    expect((await rig.call('GET', `${base}/A?${market}&includedData=secrets`)).status).toBe(400);
  });

  it('finds up to twenty by their SKU', async () => {
    const skus = rig.amazon.addListings(Array.from({ length: 21 }, (_, index) => ({ sku: `S${String(index)}` })));
    const asked = (identifiers: readonly string[]) =>
      rig.call('GET', `${base}?${market}&identifiersType=SKU&pageSize=20&identifiers=${identifiers.join(',')}`);
    expect((await asked(skus.slice(0, 20))).body).toMatchObject({ numberOfResults: 20 });
    expect((await asked(skus)).status).toBe(400);
    expect((await rig.call('GET', `${base}?${market}&identifiers=S1`)).status).toBe(400);
    expect((await rig.call('GET', `${base}?${market}&pageSize=21`)).status).toBe(400);
  });

  it('gives pages up to a depth, and the rest by the time of making', async () => {
    await rig.amazon.close();
    rig = await amazonRig({ limits: 'none', searchDepth: 40 });
    rig.amazon.addListings(Array.from({ length: 50 }, (_, index) => ({ sku: `S${String(index)}` })));
    const page = async (query: string) => {
      const { body } = await rig.call('GET', `${base}?${market}&pageSize=20&sortBy=createdDate&sortOrder=ASC${query}`);
      const { items, pagination } = body as {
        items: { sku: string; summaries: { createdDate: string }[] }[];
        pagination?: { nextToken: string };
      };
      return { skus: items.map(({ sku }) => sku), last: items.at(-1)?.summaries[0]?.createdDate, next: pagination?.nextToken };
    };
    const first = await page('');
    const second = await page(`&pageToken=${String(first.next)}`);
    expect([first.skus.length, second.skus.at(-1), second.next]).toEqual([20, 'S39', undefined]);
    expect((await page(`&createdAfter=${String(second.last)}`)).skus).toEqual(
      Array.from({ length: 11 }, (_, index) => `S${String(index + 39)}`),
    );
  });
});

(contractFile('amazon-sp-api', 'listingsItems_2021-08-01.json') === undefined ? it.skip : it)(
  'every answer of listings holds against Amazon’s model',
  async () => {
    rig.amazon.addListings([{ sku: 'A', quantity: 3 }]);
    await rig.patch('A', own(4));
    await rig.patch('A', own(-1));
    await rig.call('GET', `${base}/A?${market}&includedData=summaries,attributes,issues,fulfillmentAvailability,productTypes`);
    await rig.call('GET', `${base}/none?${market}`);
    await rig.call('GET', `${base}?${market}`);
    expect(rig.amazon.log.violations).toEqual([]);
    await rig.call('PATCH', `${base}/A?${market}`, { patches: [] });
    expect(rig.amazon.log.violations).toContainEqual(expect.stringContaining('productType'));
  },
);
