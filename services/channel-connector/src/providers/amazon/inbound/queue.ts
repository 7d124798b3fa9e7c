import { DeleteMessageBatchCommand, GetQueueAttributesCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { VendorHttp, VendorRequest } from '@holdfast/vendor-http';
import type { AmazonCredentials } from '../credentials.js';
import type { AmazonQueue } from '../settings.js';

export interface QueueMessage {
  readonly receipt: string;
  readonly body: string;
}

export type Received = { readonly messages: readonly QueueMessage[] } | { readonly fault: string };

const MOST_MESSAGES = 10;
/** A message that was not worked on within this time is given again. */
const VISIBILITY_S = 60;

/** What the AWS client needs of a request and of an answer. */
interface SignedRequest {
  readonly method: string;
  readonly protocol: string;
  readonly hostname: string;
  readonly port?: number;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

/** The queue of Amazon's notifications. Its calls go out where all calls to vendors do, so that the same addresses are refused. */
export class NotificationQueue {
  private made: SQSClient | undefined;

  constructor(
    private readonly queue: AmazonQueue,
    private readonly credentials: AmazonCredentials,
    private readonly http: VendorHttp,
  ) {}

  /** Made when it is first used: most accounts are opened to write. */
  private get client(): SQSClient {
    const { accessKeyId = '', secretAccessKey = '' } = this.credentials;
    const { region, endpoint } = this.queue;
    return (this.made ??= new SQSClient({
      region,
      ...(endpoint === undefined ? {} : { endpoint }),
      credentials: { accessKeyId, secretAccessKey },
      maxAttempts: 1,
      requestHandler: { handle: (request: SignedRequest) => sent(request, this.http) },
    }));
  }

  async receive(): Promise<Received> {
    try {
      const { Messages = [] } = await this.client.send(
        new ReceiveMessageCommand({ QueueUrl: this.queue.queueUrl, MaxNumberOfMessages: MOST_MESSAGES, VisibilityTimeout: VISIBILITY_S }),
      );
      return { messages: Messages.map(({ ReceiptHandle = '', Body = '' }) => ({ receipt: ReceiptHandle, body: Body })) };
    } catch (error) {
      return faultOf(error);
    }
  }

  /**
   * Deletes what is stored in the inbox: from then on its effect is sure, whatever happens to this process. What could not be deleted comes again, and
   * changes nothing then.
   */
  async delete(receipts: readonly string[]): Promise<void> {
    for (let start = 0; start < receipts.length; start += MOST_MESSAGES) {
      const Entries = receipts.slice(start, start + MOST_MESSAGES).map((ReceiptHandle, index) => ({ Id: String(index), ReceiptHandle }));
      await this.client.send(new DeleteMessageBatchCommand({ QueueUrl: this.queue.queueUrl, Entries })).catch(() => undefined);
    }
  }

  /** The reason why the queue cannot be used; undefined where it can. */
  async fault(): Promise<string | undefined> {
    try {
      await this.client.send(
        new GetQueueAttributesCommand({ QueueUrl: this.queue.queueUrl, AttributeNames: ['ApproximateNumberOfMessages'] }),
      );
      return undefined;
    } catch (error) {
      return faultOf(error).fault;
    }
  }
}

async function sent({ method, protocol, hostname, port, path, headers, body }: SignedRequest, http: VendorHttp) {
  const url = `${protocol}//${hostname}${port === undefined ? '' : `:${String(port)}`}${path}`;
  // The length is written by whoever sends.
  const kept = Object.fromEntries(Object.entries(headers).filter(([name]) => !/^(host|content-length)$/i.test(name)));
  const answer = await http.call({ method: method as VendorRequest['method'], url, headers: kept, body: bytesOf(body) });
  if (answer.kind === 'unanswered') throw new Error(answer.fault);
  return { response: { statusCode: answer.status, headers: { ...answer.headers }, body: answer.body } };
}

/** The client's own kind of bytes is not to be used as a text. */
const bytesOf = (body: unknown): string | Buffer => {
  if (typeof body === 'string') return body;
  return body instanceof Uint8Array ? Buffer.from(body.buffer, body.byteOffset, body.byteLength) : '';
};

function faultOf(error: unknown): { readonly fault: string } {
  if (!(error instanceof Error)) return { fault: 'the queue cannot be read' };
  return { fault: `the queue of notifications: ${error.name}: ${error.message}` };
}
