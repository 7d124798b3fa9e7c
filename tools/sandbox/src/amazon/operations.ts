import type { VendorAnswer, VendorCall, VendorRoute } from '../http/vendor-call.js';
import type { CallLog } from '../http/call-log.js';
import type { Login } from './access/login.js';
import type { LimitedOperation, TokenBuckets } from './access/token-buckets.js';
import { quotaExceeded } from './answers.js';
import type { LaterEffects } from '../effects/later-effects.js';
import type { AmazonIds } from './ids.js';

/** One operation of the Selling Partner API: what it does for a caller whose token is good and whose bucket is not empty. */
export interface Operation {
  readonly name: LimitedOperation;
  readonly method: VendorRoute['method'];
  readonly path: string;
  readonly handle: (call: VendorCall) => VendorAnswer;
}

export interface GatewayOptions {
  readonly login: Login;
  readonly buckets: TokenBuckets;
  readonly effects: LaterEffects;
  readonly ids: AmazonIds;
  readonly log: CallLog;
}

/** Routes that check the token and the rate first and add the headers that every answer has. */
export function guarded(operations: readonly Operation[], { login, buckets, effects, ids, log }: GatewayOptions): readonly VendorRoute[] {
  return operations.map(({ name, method, path, handle }) => ({
    method,
    path,
    operation: name,
    handle: (call) => {
      effects.settle();
      if (call.headers['user-agent'] === undefined) log.violation(`${name}: the header user-agent is missing`);
      const refused = login.refused(call);
      if (refused !== undefined) return withHeaders(refused, ids);
      if (!buckets.take(name)) return withHeaders(quotaExceeded(), ids);
      return withHeaders(handle(call), ids, buckets.perSecond(name));
    },
  }));
}

/** The rate is told on answers of the operation itself; a refusal may lack it, and here it does. */
const withHeaders = (answer: VendorAnswer, ids: AmazonIds, perSecond?: number): VendorAnswer => ({
  ...answer,
  headers: {
    ...answer.headers,
    'x-amzn-RequestId': ids.uuid(),
    ...(perSecond === undefined ? {} : { 'x-amzn-RateLimit-Limit': rateText(perSecond) }),
  },
});

const rateText = (perSecond: number): string => (Number.isInteger(perSecond) ? perSecond.toFixed(1) : perSecond.toFixed(4));
