import { gunzipSync, gzipSync } from 'node:zlib';
import { amazonRig, type AmazonRig, type Answered } from '../../../test/amazon-rig.js';
import { contractFile } from '../../specifications/contracts-folder.js';

let rig: AmazonRig;
beforeEach(async () => {
  rig = await amazonRig({ limits: 'none' });
});
afterEach(() => rig.amazon.close());

const feeds = '/feeds/2021-06-30';
const type = 'application/json; charset=UTF-8';
const message = (messageId: number, sku: string, quantity: number) => ({
  messageId,
  sku,
  operationType: 'PATCH',
  productType: 'SHIRT',
  patches: [{ op: 'merge', path: '/attributes/fulfillment_availability', value: [{ fulfillment_channel_code: 'DEFAULT', quantity }] }],
});
const document = (messages: readonly object[]) => JSON.stringify({ header: { sellerId: 'A2HOLDFASTSHOP', version: '2.0' }, messages });

async function upload(content: string | Buffer): Promise<string> {
  const { body } = await rig.call('POST', `${feeds}/documents`, { contentType: type });
  const put = await fetch(String(body['url']), { method: 'PUT', headers: { 'content-type': type }, body: content });
  expect(put.status).toBe(200);
  return String(body['feedDocumentId']);
}

const submit = (inputFeedDocumentId: string, feedType = 'JSON_LISTINGS_FEED'): Promise<Answered> =>
  rig.call('POST', `${feeds}/feeds`, { feedType, marketplaceIds: ['A1PA6795UKMFR9'], inputFeedDocumentId });
const feed = async (id: unknown) => (await rig.call('GET', `${feeds}/feeds/${String(id)}`)).body;

async function report(resultDocumentId: unknown): Promise<unknown> {
  const { body } = await rig.call('GET', `${feeds}/documents/${String(resultDocumentId)}`);
  const bytes = Buffer.from(await (await fetch(String(body['url']))).arrayBuffer());
  return JSON.parse((body['compressionAlgorithm'] === 'GZIP' ? gunzipSync(bytes) : bytes).toString());
}

describe('a feed', () => {
  it('waits, is worked on and is done, and its figures show only then', async () => {
    rig.amazon.addListings([{ sku: 'A' }, { sku: 'B' }]);
    const { status, body } = await submit(await upload(document([message(1, 'A', 5), message(2, 'B', 6)])));
    expect([status, (await feed(body['feedId']))['processingStatus']]).toEqual([202, 'IN_QUEUE']);
    rig.clock.forward(1_000);
    expect([(await feed(body['feedId']))['processingStatus'], rig.quantity('A')]).toEqual(['IN_PROGRESS', 0]);
    rig.clock.forward(2_000);
    const done = await feed(body['feedId']);
    expect([done['processingStatus'], rig.quantity('A'), rig.quantity('B')]).toEqual(['DONE', 5, 6]);
    expect(await report(done['resultFeedDocumentId'])).toMatchObject({
      summary: { messagesProcessed: 2, messagesAccepted: 2, messagesInvalid: 0 },
      issues: [],
    });
  });

  it('reports what was wrong message by message', async () => {
    rig.amazon.addListings([{ sku: 'A' }, { sku: 'B' }]);
    const content = document([message(1, 'A', -1), message(2, 'B', 6), message(3, 'none', 1)]);
    const { body } = await submit(await upload(gzipSync(content)));
    rig.clock.forward(3_000);
    expect(rig.quantity('B')).toBe(6);
    expect(await report((await feed(body['feedId']))['resultFeedDocumentId'])).toMatchObject({
      summary: { errors: 2, messagesAccepted: 1, messagesInvalid: 2 },
      issues: [
        { messageId: 1, sku: 'A', severity: 'ERROR' },
        { messageId: 3, sku: 'none', code: '13013' },
      ],
    });
  });

  it.each([
    ['a type that ended in 2025', document([message(1, 'A', 5)]), 'POST_INVENTORY_AVAILABILITY_DATA'],
    ['a document that is no JSON', '<xml/>', 'JSON_LISTINGS_FEED'],
    ['an id that two messages have', document([message(1, 'A', 5), message(1, 'A', 6)]), 'JSON_LISTINGS_FEED'],
    ['the header of another seller', document([message(1, 'A', 5)]).replace('A2HOLDFASTSHOP', 'X'), 'JSON_LISTINGS_FEED'],
  ])('ends as FATAL for %s', async (_, content, feedType) => {
    rig.amazon.addListings([{ sku: 'A' }]);
    const { body } = await submit(await upload(content), feedType);
    rig.clock.forward(3_000);
    const ended = await feed(body['feedId']);
    expect([ended['processingStatus'], ended['resultFeedDocumentId'], rig.quantity('A')]).toEqual(['FATAL', undefined, 0]);
  });

  it('may have applied some of its messages when it ends as FATAL', async () => {
    rig.amazon.addListings([{ sku: 'A' }, { sku: 'B' }]);
    rig.amazon.endNextFeedFatal(1);
    const { body } = await submit(await upload(document([message(1, 'A', 5), message(2, 'B', 6)])));
    rig.clock.forward(3_000);
    expect([(await feed(body['feedId']))['processingStatus'], rig.quantity('A'), rig.quantity('B')]).toEqual(['FATAL', 5, 0]);
  });

  it('finds a patch to one of its SKUs while it is under way a violation', async () => {
    rig.amazon.addListings([{ sku: 'A' }]);
    await submit(await upload(document([message(1, 'A', 5)])));
    await rig.patch('A', { fulfillment_channel_code: 'DEFAULT', quantity: 1 });
    expect(rig.amazon.log.violations).toEqual([expect.stringContaining('a feed for SKU A is under way')]);
  });

  it('is refused without a known document', async () => {
    expect((await submit('none')).status).toBe(400);
  });
});

describe('a presigned URL', () => {
  it('lives for five minutes and wants the content type that was signed', async () => {
    const { body } = await rig.call('POST', `${feeds}/documents`, { contentType: type });
    const put = (contentType: string) =>
      fetch(String(body['url']), { method: 'PUT', headers: { 'content-type': contentType }, body: '{}' }).then(({ status }) => status);
    expect(await put('text/plain')).toBe(403);
    expect(await put(type)).toBe(200);
    rig.clock.forward(300_000);
    expect(await put(type)).toBe(403);
  });
});

describe('the rate of feeds', () => {
  it('is five in five minutes', async () => {
    await rig.amazon.close();
    rig = await amazonRig();
    const id = await upload(document([message(1, 'A', 5)]));
    for (let call = 0; call < 5; call += 1) expect((await submit(id)).status).toBe(202);
    expect((await submit(id)).status).toBe(429);
    rig.clock.forward(60_000);
    expect((await submit(id)).status).toBe(202);
  });
});

(contractFile('amazon-sp-api', 'feeds_2021-06-30.json') === undefined ? it.skip : it)(
  'feeds, their documents and reports hold against Amazon’s models and schemas',
  async () => {
    rig.amazon.addListings([{ sku: 'A' }]);
    const { body } = await submit(await upload(document([message(1, 'A', 5), message(2, 'none', 5)])));
    rig.clock.forward(3_000);
    await report((await feed(body['feedId']))['resultFeedDocumentId']);
    expect(rig.amazon.log.violations).toEqual([]);
    await submit(await upload(document([{ ...message(1, 'A', 5), productType: undefined }])));
    expect(rig.amazon.log.violations).toContainEqual(expect.stringContaining('productType'));
  },
);
