import { isRecord, jsonOf, type VendorAnswer, type VendorCall, type VendorRoute } from '../../http/vendor-call.js';
import type { FaultPlan } from '../../faults/fault-plan.js';
import type { SandboxClock } from '../../sandbox-clock.js';
import type { AmazonAccount } from '../account.js';
import type { LaterEffects } from '../../effects/later-effects.js';
import type { MessageQueue, ReceivedMessage } from './message-queue.js';
import { signatureFault } from './signature.js';

export interface QueueRoutesOptions {
  readonly account: AmazonAccount;
  readonly queue: MessageQueue;
  readonly effects: LaterEffects;
  readonly faults: FaultPlan;
  readonly clock: SandboxClock;
  readonly closed: () => boolean;
}

type Input = Readonly<Record<string, unknown>>;
type Action = (input: Input) => VendorAnswer | Promise<VendorAnswer>;

const DEFAULT_VISIBILITY_S = 30;
const MAX_WAIT_S = 20;
/** How often a waiting receive looks again. */
const LOOK_MS = 25;

const ok = (body: Input): VendorAnswer => ({ status: 200, headers: { 'content-type': 'application/x-amz-json-1.0' }, body });
const error = (status: number, type: string, message: string): VendorAnswer => ({
  status,
  headers: { 'content-type': 'application/x-amz-json-1.0' },
  body: { __type: `com.amazonaws.sqs#${type}`, message },
});

/** The queue in the JSON protocol of AWS: one POST, the action named by a header. */
export function queueRoutes({ account, queue, effects, faults, clock, closed }: QueueRoutesOptions): readonly VendorRoute[] {
  async function receive(input: Input): Promise<VendorAnswer> {
    const max = whole(input['MaxNumberOfMessages'], 1, 1, 10);
    const waitS = whole(input['WaitTimeSeconds'], 0, 0, MAX_WAIT_S);
    const visibilityS = whole(input['VisibilityTimeout'], DEFAULT_VISIBILITY_S, 0, 43_200);
    if (max === undefined || waitS === undefined || visibilityS === undefined)
      return error(400, 'InvalidParameterValue', 'A value for a parameter is out of its range.');
    const until = clock.now() + waitS * 1_000;
    for (;;) {
      effects.settle();
      const messages: readonly ReceivedMessage[] = closed() ? [] : queue.receive(max, visibilityS * 1_000);
      if (messages.length > 0) return ok({ Messages: messages });
      if (closed() || clock.now() >= until) return ok({});
      await new Promise<void>((resolve) => clock.after(LOOK_MS, resolve));
    }
  }

  const actions: Readonly<Record<string, Action>> = {
    ReceiveMessage: receive,
    DeleteMessage: ({ ReceiptHandle }) =>
      queue.delete(String(ReceiptHandle)) ? ok({}) : error(400, 'ReceiptHandleIsInvalid', 'The input receipt handle is invalid.'),
    DeleteMessageBatch: ({ Entries }) => {
      const entries = Array.isArray(Entries) ? Entries.filter(isRecord) : [];
      if (entries.length === 0 || entries.length > 10) return error(400, 'TooManyEntriesInBatchRequest', 'A batch has 1 to 10 entries.');
      const done = entries.filter((entry) => queue.delete(String(entry['ReceiptHandle'])));
      const failed = entries.filter((entry) => !done.includes(entry));
      return ok({
        Successful: done.map(({ Id }) => ({ Id })),
        Failed: failed.map(({ Id }) => ({ Id, Code: 'ReceiptHandleIsInvalid', SenderFault: true })),
      });
    },
    ChangeMessageVisibility: ({ ReceiptHandle, VisibilityTimeout }) =>
      queue.changeVisibility(String(ReceiptHandle), Number(VisibilityTimeout) * 1_000)
        ? ok({})
        : error(400, 'MessageNotInflight', 'The message referred to is not in flight.'),
    GetQueueAttributes: () => {
      effects.settle();
      const { visible, inFlight } = queue.counts();
      return ok({
        Attributes: { ApproximateNumberOfMessages: String(visible), ApproximateNumberOfMessagesNotVisible: String(inFlight) },
      });
    },
  };

  const handle = (call: VendorCall): VendorAnswer | Promise<VendorAnswer> => {
    const { accessKeyId, secretAccessKey, queueRegion: region } = account;
    const fault = faults.credentialsRevoked ? 'InvalidClientTokenId' : signatureFault(call, { accessKeyId, secretAccessKey, region });
    if (fault !== undefined) return error(403, fault, 'The request signature or its security token is not valid.');
    const target = call.headers['x-amz-target'];
    const action = typeof target === 'string' ? actions[target.replace(/^AmazonSQS\./, '')] : undefined;
    if (action === undefined) return error(400, 'InvalidAction', `The action ${String(target)} is not valid for this endpoint.`);
    const input = jsonOf(call);
    if (!isRecord(input) || typeof input['QueueUrl'] !== 'string' || !input['QueueUrl'].endsWith(account.queuePath))
      return error(400, 'QueueDoesNotExist', 'The specified queue does not exist.');
    return action(input);
  };
  return [
    { method: 'POST', path: '/', operation: 'sqs', handle },
    { method: 'POST', path: account.queuePath, operation: 'sqs', handle },
  ];
}

/** The number, its default where it is missing, undefined where it is out of range. */
function whole(value: unknown, standard: number, lowest: number, highest: number): number | undefined {
  if (value === undefined) return standard;
  return Number.isInteger(value) && (value as number) >= lowest && (value as number) <= highest ? (value as number) : undefined;
}
