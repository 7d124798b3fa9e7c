import { Agent, request } from 'undici';
import { MAX_ANSWER_BYTES } from '../limits.js';
import type { TargetPolicy } from '../calls/target.js';
import { guardedLookup, targetFault } from '../calls/target.js';
import type { CallResult } from './verdict.js';
import type { SignedMessage } from './webhook-message.js';

/** Posts messages to receivers. Keeps connections open between calls; follows no redirects. */
export class WebhookClient {
  private readonly agent: Agent;

  constructor(
    private readonly policy: TargetPolicy,
    private readonly timeoutMs: number,
  ) {
    this.agent = new Agent({
      connect: { timeout: timeoutMs, ...(policy.allowPrivateAddresses ? {} : { lookup: guardedLookup }) },
      headersTimeout: timeoutMs,
      bodyTimeout: timeoutMs,
      keepAliveTimeout: 10_000,
    });
  }

  /** Never rejects: what goes wrong is a result too. An aborted call has an unknown outcome. */
  async post(url: string, message: SignedMessage, stopped: AbortSignal): Promise<CallResult> {
    const fault = targetFault(url, this.policy);
    if (fault !== undefined) return { kind: 'unanswered', fault: `the URL ${fault}` };
    const overdue = AbortSignal.timeout(this.timeoutMs);
    try {
      const answer = await request(url, {
        method: 'POST',
        body: message.body,
        headers: { ...message.headers },
        dispatcher: this.agent,
        signal: AbortSignal.any([overdue, stopped]),
      });
      const retryAfter = answer.headers['retry-after'];
      return {
        kind: 'answered',
        status: answer.statusCode,
        body: await beginningOf(answer.body),
        ...(typeof retryAfter === 'string' ? { retryAfter } : {}),
      };
    } catch (error) {
      return { kind: 'unanswered', fault: overdue.aborted ? `no answer within ${this.timeoutMs} ms` : reasonOf(error) };
    }
  }

  close(): Promise<void> {
    return this.agent.destroy();
  }
}

/** Reads so much of an answer as is worth keeping; a receiver that sends more is cut off. */
async function beginningOf(body: AsyncIterable<Buffer>): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of body) {
    chunks.push(chunk);
    size += chunk.length;
    if (size >= MAX_ANSWER_BYTES) break;
  }
  return Buffer.concat(chunks).subarray(0, MAX_ANSWER_BYTES).toString('utf8');
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'the call failed';
  const code = 'code' in error && typeof error.code === 'string' ? `${error.code}: ` : '';
  return `${code}${error.message}`.trim();
}
