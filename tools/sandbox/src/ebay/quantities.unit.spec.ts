import { EbayCalls } from '../../test/ebay-calls.js';
import { StoppedClock } from '../../test/stopped-clock.js';
import { startEbaySimulator, type EbaySimulator } from './ebay-simulator.js';
import type { EbayOptions } from './options.js';

const BULK = '/sell/inventory/v1/bulk_update_price_quantity';

let clock: StoppedClock;
let ebay: EbaySimulator;
let calls: EbayCalls;
const started = async (options: EbayOptions = {}): Promise<void> => {
  clock = new StoppedClock();
  ebay = await startEbaySimulator({ clock, ...options });
  calls = new EbayCalls(ebay);
  ebay.addListings([
    { sku: 'A', quantity: 5, barcode: '4006381333931', title: 'Pen' },
    { sku: 'B', quantity: 5 },
  ]);
};
afterEach(() => ebay.close());

const shown = (): Readonly<Record<string, number>> => Object.fromEntries(ebay.listings().map(({ sku, quantity }) => [sku, quantity]));

describe('writing quantities at eBay', () => {
  it('shows the lesser of item and offer', async () => {
    await started();
    expect((await calls.write('A', 40, 12)).status).toBe(200);
    expect(shown()).toEqual({ A: 12, B: 5 });
    await calls.write('A', 3, null);
    expect(shown()).toEqual({ A: 3, B: 5 });
  });

  it('answers 207 and a status per entry where one entry is refused', async () => {
    await started();
    const answer = await calls.call('POST', BULK, {
      requests: [calls.entry('A', 7), { sku: 'X', shipToLocationAvailability: { quantity: 1 } }],
    });
    expect(answer.status).toBe(207);
    expect(answer.body['responses']).toMatchObject([
      { sku: 'A', statusCode: 200, errors: [] },
      { sku: 'X', statusCode: 400, errors: [{ errorId: 25702, category: 'REQUEST' }] },
    ]);
    expect(shown()).toEqual({ A: 7, B: 5 });
  });

  it('loses the stored quantity where the container comes without it, and says so in the log', async () => {
    await started();
    await calls.call('POST', BULK, { requests: [{ sku: 'A', shipToLocationAvailability: { availabilityDistributions: [] } }] });
    expect(shown()).toEqual({ A: 0, B: 5 });
    expect(ebay.log.violations).toEqual([expect.stringContaining('loses the stored quantity')]);
  });

  it.each([-1, 1.5, 'two'])('refuses %s as a quantity', async (quantity) => {
    await started();
    const answer = await calls.call('POST', BULK, { requests: [{ sku: 'A', shipToLocationAvailability: { quantity } }] });
    expect(answer).toMatchObject({ status: 207, body: { responses: [{ statusCode: 400, errors: [{ errorId: 25709 }] }] } });
    expect(shown()).toEqual({ A: 5, B: 5 });
  });

  it('refuses a call of two SKUs as a whole where it takes one', async () => {
    await started({ skusPerCall: 1 });
    const answer = await calls.call('POST', BULK, { requests: [calls.entry('A', 7), calls.entry('B', 7)] });
    expect(answer).toMatchObject({ status: 400, body: { errors: [{ errorId: 25709 }] } });
    expect(shown()).toEqual({ A: 5, B: 5 });
    expect((await calls.write('A', 7)).status).toBe(200);
  });

  it('refuses more than 25 SKUs', async () => {
    await started();
    const requests = Array.from({ length: 26 }, (_, index) => ({ sku: String(index), shipToLocationAvailability: { quantity: 1 } }));
    expect((await calls.call('POST', BULK, { requests })).status).toBe(400);
  });

  it('leaves unpublished offers to updateOffer', async () => {
    await started();
    ebay.unpublish('A');
    expect(await calls.write('A', 9)).toMatchObject({
      status: 207,
      body: { responses: [{ statusCode: 400, errors: [{ errorId: 25002 }] }] },
    });
    const { body } = await calls.call('GET', '/sell/inventory/v1/offer?sku=A');
    const [offer] = body['offers'] as readonly Readonly<Record<string, unknown>>[];
    expect(offer).toMatchObject({ status: 'UNPUBLISHED', availableQuantity: 5 });
    const path = `/sell/inventory/v1/offer/${String(offer?.['offerId'])}`;
    expect((await calls.call('PUT', path, { ...offer, availableQuantity: 9 })).status).toBe(400);
    expect((await calls.call('PUT', path, { ...offer, availableQuantity: 9 }, { 'content-language': 'en-US' })).status).toBe(204);
    expect((await calls.call('GET', path)).body['availableQuantity']).toBe(9);
  });

  it('revises a listing 250 times in a calendar day', async () => {
    await started();
    for (let quantity = 1; quantity <= 250; quantity += 1) await calls.write('A', quantity);
    expect(await calls.write('A', 7)).toMatchObject({
      status: 207,
      body: { responses: [{ statusCode: 400, errors: [{ errorId: 25002 }] }] },
    });
    expect(shown()).toEqual({ A: 250, B: 5 });
    expect((await calls.write('B', 7)).status).toBe(200);
    clock.forward(24 * 3_600_000);
    await calls.login();
    expect((await calls.write('A', 7)).status).toBe(200);
    expect(shown()).toEqual({ A: 7, B: 7 });
  });

  it('lets named listings fail inside a call', async () => {
    await started();
    ebay.faults.next({ kind: 'reject_listings', listingIds: ['B'], permanent: false });
    const answer = await calls.call('POST', BULK, { requests: [calls.entry('A', 7), calls.entry('B', 7)] });
    expect(answer).toMatchObject({
      status: 207,
      body: { responses: [{ statusCode: 200 }, { statusCode: 500, errors: [{ errorId: 25001 }] }] },
    });
    expect(shown()).toEqual({ A: 7, B: 5 });
  });

  it('applies late or never where told to', async () => {
    await started();
    ebay.faults.next({ kind: 'apply_late', ms: 1_000 });
    await calls.write('A', 7);
    ebay.faults.next({ kind: 'never_apply' });
    await calls.write('B', 7);
    expect(shown()).toEqual({ A: 5, B: 5 });
    clock.forward(1_000);
    expect(shown()).toEqual({ A: 7, B: 5 });
  });
});

describe('a listing at zero', () => {
  it('stays with out-of-stock control', async () => {
    await started();
    await calls.write('A', 0);
    expect((await calls.write('A', 4)).status).toBe(200);
    expect(shown()).toEqual({ A: 4, B: 5 });
  });

  it('ends without it and is back once published', async () => {
    await started({ atZero: 'ends' });
    await calls.write('A', 0);
    const [offer] = ebay.shop.offersOf('A');
    const path = `/sell/inventory/v1/offer/${offer?.offerId ?? ''}`;
    expect((await calls.call('GET', path)).body['listing']).toMatchObject({ listingStatus: 'ENDED' });
    expect((await calls.write('A', 4)).status).toBe(207);
    expect((await calls.call('POST', `${path}/publish`)).status).toBe(400);
    const { body } = await calls.call('GET', path);
    await calls.call('PUT', path, { ...body, availableQuantity: 4 }, { 'content-language': 'en-US' });
    await calls.write('A', 4, null);
    expect((await calls.call('POST', `${path}/publish`)).status).toBe(200);
    expect(shown()).toEqual({ A: 4, B: 5 });
  });

  it('is refused where a zero is no quantity, and the offer is withdrawn instead', async () => {
    await started({ atZero: 'refuses' });
    expect(await calls.write('A', 0)).toMatchObject({
      status: 207,
      body: { responses: [{ statusCode: 400, errors: [{ errorId: 25004 }] }] },
    });
    const [offer] = ebay.shop.offersOf('A');
    expect((await calls.call('POST', `/sell/inventory/v1/offer/${offer?.offerId ?? ''}/withdraw`)).status).toBe(200);
    expect(shown()).toEqual({ A: 0, B: 5 });
  });
});
