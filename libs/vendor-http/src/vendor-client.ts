import { Agent, errors, request } from 'undici';
import { guardedLookup, PrivateTarget, targetFault, type TargetPolicy } from './target.js';
import type { VendorAnswer, VendorHttp, VendorRequest } from './vendor-call.js';

const MOST_ANSWER_BYTES = 8 * 1_048_576;

/** Errors of a connection that was never made: the vendor saw nothing of the request. */
const NOT_SENT = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH', 'UND_ERR_CONNECT_TIMEOUT']);

/** Calls vendors. Keeps connections open between calls; follows no redirects. */
export class VendorClient {
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

  /** The client as one piece of work uses it. @param stopped ends its calls; what they did is unknown then */
  until(stopped: AbortSignal): VendorHttp {
    return { call: (wanted) => this.call(wanted, stopped) };
  }

  close(): Promise<void> {
    return this.agent.destroy();
  }

  private async call(wanted: VendorRequest, stopped: AbortSignal): Promise<VendorAnswer> {
    const fault = targetFault(wanted.url, this.policy);
    if (fault !== undefined) return { kind: 'unanswered', sent: false, fault: `the URL ${fault}` };
    const overdue = AbortSignal.timeout(this.timeoutMs);
    try {
      const answer = await request(wanted.url, {
        method: wanted.method,
        dispatcher: this.agent,
        signal: AbortSignal.any([overdue, stopped]),
        headers: { ...wanted.headers },
        ...(wanted.body === undefined ? {} : { body: wanted.body }),
      });
      const read = await beginningOf(answer.body, wanted.mostAnswerBytes ?? MOST_ANSWER_BYTES);
      return { kind: 'answered', status: answer.statusCode, headers: headersOf(answer.headers), ...read };
    } catch (error) {
      const said = overdue.aborted ? `no answer within ${String(this.timeoutMs)} ms` : reasonOf(error);
      return { kind: 'unanswered', sent: !wasNotSent(error), fault: said };
    }
  }
}

/** Reads so much of an answer as is wanted; a vendor that sends more is cut off. */
async function beginningOf(body: AsyncIterable<Buffer>, most: number): Promise<{ readonly body: Buffer; readonly cutOff: boolean }> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of body) {
    chunks.push(chunk);
    size += chunk.length;
    if (size > most) break;
  }
  return { body: Buffer.concat(chunks).subarray(0, most), cutOff: size > most };
}

const headersOf = (headers: Readonly<Record<string, string | string[] | undefined>>): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, Array.isArray(value) ? value.join(', ') : value]],
    ),
  );

const codeOf = (error: unknown): string | undefined =>
  typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string' ? error.code : undefined;

function wasNotSent(error: unknown): boolean {
  if (error instanceof PrivateTarget || error instanceof errors.ConnectTimeoutError) return true;
  const code = codeOf(error);
  return code !== undefined && NOT_SENT.has(code);
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'the call failed';
  const code = codeOf(error);
  return `${code === undefined ? '' : `${code}: `}${error.message}`.trim();
}
