import { DeleteMessageCommand, ReceiveMessageCommand, SQSClient, type Message } from '@aws-sdk/client-sqs';
import { amazonRig, type AmazonRig } from '../../../test/amazon-rig.js';
import { contractFile } from '../../specifications/contracts-folder.js';

let rig: AmazonRig;
let client: SQSClient;
let QueueUrl: string;

const connected = (secretAccessKey?: string): SQSClient => {
  const { region, endpoint } = rig.amazon.account.settings['notifications'] as { region: string; endpoint: string };
  const { accessKeyId = '', secretAccessKey: good = '' } = rig.amazon.account.credentials;
  return new SQSClient({ region, endpoint, maxAttempts: 1, credentials: { accessKeyId, secretAccessKey: secretAccessKey ?? good } });
};

beforeEach(async () => {
  rig = await amazonRig({ limits: 'none' });
  client = connected();
  QueueUrl = (rig.amazon.account.settings['notifications'] as { queueUrl: string }).queueUrl;
});
afterEach(async () => {
  client.destroy();
  await rig.amazon.close();
});

const receive = async (max = 10): Promise<readonly Message[]> =>
  (await client.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: max, VisibilityTimeout: 30 }))).Messages ?? [];
const bodies = (messages: readonly Message[]) => messages.map(({ Body }) => JSON.parse(Body ?? '') as Readonly<Record<string, unknown>>);
const types = (messages: readonly Message[]) => bodies(messages).map((body) => body['NotificationType'] ?? body['notificationType']);

describe('the queue, through Amazon’s own client', () => {
  it('tells of an edit by hand, a sale and its cancellation', async () => {
    rig.amazon.addListings([{ sku: 'A', quantity: 5 }]);
    rig.amazon.edit('A', 9);
    const order = rig.amazon.sell([{ listingId: 'A', quantity: 2 }]);
    rig.amazon.cancel(order);
    const received = bodies(await receive());
    expect(received).toMatchObject([
      { NotificationType: 'LISTINGS_ITEM_MFN_QUANTITY_CHANGE', Payload: { Sku: 'A', Quantity: 9 } },
      { NotificationType: 'LISTINGS_ITEM_MFN_QUANTITY_CHANGE', Payload: { Sku: 'A', Quantity: 7 } },
      {
        Payload: {
          OrderChangeNotification: { AmazonOrderId: order, Summary: { OrderStatus: 'Unshipped', OrderItems: [{ Quantity: 2 }] } },
        },
      },
      { NotificationType: 'LISTINGS_ITEM_MFN_QUANTITY_CHANGE', Payload: { Sku: 'A', Quantity: 9 } },
      { Payload: { OrderChangeNotification: { AmazonOrderId: order, Summary: { OrderStatus: 'Canceled' } } } },
    ]);
  });

  it('tells of an own write once it applied, of stock that Amazon keeps and of the end of a feed', async () => {
    rig.amazon.addListings([{ sku: 'A' }]);
    rig.amazon.addFbaListings([{ sku: 'F', quantity: 4 }]);
    await rig.patch('A', { fulfillment_channel_code: 'DEFAULT', quantity: 3 });
    expect(await receive()).toEqual([]);
    rig.clock.forward(1_000);
    rig.amazon.edit('F', 6);
    const { body } = await rig.call('POST', '/feeds/2021-06-30/documents', { contentType: 'application/json' });
    await rig.call('POST', '/feeds/2021-06-30/feeds', {
      feedType: 'JSON_LISTINGS_FEED',
      marketplaceIds: ['A1PA6795UKMFR9'],
      inputFeedDocumentId: body['feedDocumentId'],
    });
    rig.clock.forward(3_000);
    expect(types(await receive())).toEqual([
      'LISTINGS_ITEM_MFN_QUANTITY_CHANGE',
      'FBA_INVENTORY_AVAILABILITY_CHANGES',
      'FEED_PROCESSING_FINISHED',
    ]);
  });

  it('gives a message again after the visibility time-out, and not after its deletion', async () => {
    rig.amazon.addListings([{ sku: 'A' }]);
    rig.amazon.edit('A', 1);
    const [first] = await receive();
    expect(await receive()).toEqual([]);
    rig.clock.forward(30_000);
    const [again] = await receive();
    expect([again?.MessageId, again?.Body]).toEqual([first?.MessageId, first?.Body]);
    expect(rig.amazon.queued()).toEqual({ visible: 0, inFlight: 1 });
    await client.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: again?.ReceiptHandle }));
    rig.clock.forward(30_000);
    expect([await receive(), rig.amazon.queued()]).toEqual([[], { visible: 0, inFlight: 0 }]);
  });

  it('loses, doubles and delays messages when told to', async () => {
    rig.amazon.addListings([{ sku: 'A' }]);
    const fates = ['lose', 'double', 'delay'] as const;
    let next = 0;
    rig.amazon.sendHooksTo({ url: '', fate: () => fates[next++] ?? 'deliver' });
    for (const quantity of [1, 2, 3, 4]) rig.amazon.edit('A', quantity);
    const quantities = (messages: readonly Message[]) => bodies(messages).map(({ Payload }) => (Payload as { Quantity: number }).Quantity);
    expect(quantities(await receive())).toEqual([2, 2, 4]);
    rig.clock.forward(300);
    expect(quantities(await receive())).toEqual([3]);
  });

  it('waits for a message as long as it was asked to', async () => {
    rig.amazon.addListings([{ sku: 'A' }]);
    const waiting = client.send(new ReceiveMessageCommand({ QueueUrl, WaitTimeSeconds: 20 }));
    const moved = (async () => {
      // The clock stands still until the call has arrived and waits.
      while (rig.clock.waits === 0) await new Promise((resolve) => setImmediate(resolve));
      rig.amazon.edit('A', 1);
      rig.clock.forward(25);
    })();
    const [{ Messages }] = await Promise.all([waiting, moved]);
    expect(Messages).toHaveLength(1);
  });

  it('refuses a wrong secret, an unknown queue and more than ten at once', async () => {
    const wrong = connected('wrong');
    await expect(wrong.send(new ReceiveMessageCommand({ QueueUrl }))).rejects.toThrow('signature');
    wrong.destroy();
    await expect(client.send(new ReceiveMessageCommand({ QueueUrl: 'http://127.0.0.1/1/other' }))).rejects.toMatchObject({
      name: 'QueueDoesNotExist',
    });
    await expect(receive(11)).rejects.toMatchObject({ name: 'InvalidParameterValue' });
    rig.amazon.faults.credentialsRevoked = true;
    await expect(receive()).rejects.toMatchObject({ name: 'InvalidClientTokenId' });
  });
});

(contractFile('amazon-sp-api', 'notification-schemas', 'OrderChangeNotification.json') === undefined ? it.skip : it)(
  'every notification holds against Amazon’s schema of it',
  async () => {
    rig.amazon.addListings([{ sku: 'A', quantity: 5 }]);
    rig.amazon.addFbaListings([{ sku: 'F', quantity: 5 }]);
    rig.amazon.cancel(rig.amazon.sell([{ listingId: 'A', quantity: 2 }]));
    rig.amazon.sell([{ listingId: 'F', quantity: 2 }]);
    expect(new Set(types(await receive()))).toEqual(
      new Set(['LISTINGS_ITEM_MFN_QUANTITY_CHANGE', 'ORDER_CHANGE', 'FBA_INVENTORY_AVAILABILITY_CHANGES']),
    );
    expect(rig.amazon.log.violations).toEqual([]);
  },
);
