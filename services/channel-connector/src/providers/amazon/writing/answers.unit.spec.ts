import { gzipSync } from 'node:zlib';
import { figure } from '../../../../test/shops/amazon-account.js';
import { eventsOf } from '../inbound/events.js';
import { reportOf } from './feeds.js';
import { limitsOf } from '../limits.js';
import { outcomeOf } from './patching.js';
import { patchReference, referenceOf } from './references.js';
import type { AmazonSettings } from '../settings.js';

const settings: AmazonSettings = { sellerId: 'ME', marketplaceIds: ['A1PA6795UKMFR9'], region: 'eu' };

describe('an answer to a change', () => {
  const outcome = (body: unknown) => outcomeOf({ kind: 'ok', body }, figure('A', 7, { known: { quantity: 3, parts: [] } }), 1_000);

  it('is accepted only where Amazon says so', () => {
    expect(outcome({ sku: 'A', status: 'ACCEPTED', submissionId: 's-1' })).toMatchObject({
      kind: 'accepted',
      reference: 'patch:s-1:1000:3',
    });
    expect(outcome({ sku: 'A', status: 'VALID', submissionId: 's-1' })).toMatchObject({ kind: 'unknown' });
    expect(outcome({})).toMatchObject({ kind: 'unknown' });
  });

  it('tells the errors of an INVALID one and not its warnings', () => {
    const issues = [
      { code: '1', severity: 'WARNING', message: 'dull', categories: [] },
      { code: '2', severity: 'ERROR', message: 'wrong', categories: [] },
    ];
    expect(outcome({ status: 'INVALID', issues })).toEqual({ kind: 'rejected_permanent', code: '2', says: 'wrong' });
    expect(outcome({ status: 'INVALID' })).toEqual({ kind: 'rejected_permanent', code: 'INVALID', says: 'no reason given' });
  });
});

it.each([
  ['patch:s-1:1000:3', { kind: 'patch', submissionId: 's-1', acceptedAt: 1_000, before: 3 }],
  [patchReference('s-2', 5, null), { kind: 'patch', submissionId: 's-2', acceptedAt: 5, before: null }],
  ['feed:77', { kind: 'feed', feedId: '77' }],
  ['patch:s-1', undefined],
  ['letter:1', undefined],
])('the reference %s is read back', (text, reference) => expect(referenceOf(text)).toEqual(reference));

describe('a processing report', () => {
  const report = {
    issues: [
      { messageId: 1, sku: 'A', code: '1', severity: 'ERROR', message: 'first' },
      { messageId: 1, sku: 'A', code: '2', severity: 'ERROR', message: 'second' },
      { messageId: 2, sku: 'B', code: '3', severity: 'WARNING', message: 'dull' },
    ],
  };

  it('names the first error of each listing, compressed or not', () => {
    const faults = new Map([['A', { code: '1', says: 'first' }]]);
    expect(reportOf(Buffer.from(JSON.stringify(report)), false)).toEqual(faults);
    expect(reportOf(gzipSync(JSON.stringify(report)), true)).toEqual(faults);
  });

  it('is none where it cannot be read', () => {
    expect(reportOf(Buffer.from('<xml/>'), false)).toBeUndefined();
    expect(reportOf(Buffer.from('no gzip'), true)).toBeUndefined();
    expect(reportOf(Buffer.from('{}'), false)).toBeUndefined();
  });
});

describe('a notification', () => {
  const at = '2026-07-01T12:00:00.000Z';
  const quantity = (payload: object) => ({
    NotificationType: 'LISTINGS_ITEM_MFN_QUANTITY_CHANGE',
    EventTime: at,
    Payload: { SellerId: 'ME', FulfillmentChannelCode: 'DEFAULT', Sku: 'A', Quantity: 4, ...payload },
  });

  it('means something also where EventBridge wrapped it', () => {
    expect(eventsOf(quantity({}), settings)).toMatchObject([{ kind: 'figure', listingId: 'A', at: Date.parse(at) }]);
    expect(eventsOf({ 'detail-type': 'x', detail: quantity({}) }, settings)).toHaveLength(1);
  });

  it('of another seller, channel or kind means nothing', () => {
    expect(eventsOf(quantity({ SellerId: 'OTHER' }), settings)).toEqual([]);
    expect(eventsOf(quantity({ FulfillmentChannelCode: 'AMAZON_EU' }), settings)).toEqual([]);
    expect(eventsOf({ NotificationType: 'B2B_ANY_OFFER_CHANGED', EventTime: at, Payload: {} }, settings)).toEqual([]);
  });

  it.each([
    ['{}', {}],
    ['no figure', quantity({ Quantity: 'many' })],
    ['no time', { ...quantity({}), EventTime: 'soon' }],
    ['nothing', undefined],
  ])('is not to be understood: %s', (_, message) => expect(eventsOf(message, settings)).toBeUndefined());

  it('of an order whose payment is awaited counts, unless the channel does not want it', () => {
    const pending = {
      NotificationType: 'ORDER_CHANGE',
      EventTime: at,
      Payload: {
        OrderChangeNotification: {
          SellerId: 'ME',
          AmazonOrderId: '1',
          Summary: { OrderStatus: 'Pending', FulfillmentType: 'MFN', OrderItems: [{ OrderItemId: 'i', SellerSKU: 'A', Quantity: 2 }] },
        },
      },
    };
    expect(eventsOf(pending, settings)).toMatchObject([{ kind: 'order', orderId: '1' }]);
    expect(eventsOf(pending, { ...settings, pendingOrders: false })).toEqual([]);
  });
});

describe('what an answer says of a limit', () => {
  it('is the rate where it is another than expected', () => {
    expect(limitsOf('patchListingsItem', 200, { 'x-amzn-ratelimit-limit': '5.0' }, 0)).toEqual([]);
    expect(limitsOf('patchListingsItem', 200, { 'x-amzn-ratelimit-limit': '10.0' }, 0)).toEqual([
      { limit: 'patchListingsItem', perSecond: 10 },
    ]);
    expect(limitsOf('createFeed', 202, { 'x-amzn-ratelimit-limit': '0.0083' }, 0)).toEqual([]);
  });

  it('is a pause where there were too many calls', () =>
    expect(limitsOf('patchListingsItem', 429, {}, 1_000)).toEqual([{ limit: 'patchListingsItem', remaining: 0, notBefore: 1_200 }]));
});
