import { isSigningSecret } from '@holdfast/vendor-http';
import { MAX_ANSWER_BYTES, MAX_LISTINGS_PER_CALL, DEFAULT_CALLS_PER_SECOND } from '../../limits.js';
import type { Provider } from '../provider.js';
import { resultOf, updatesOf } from './push.js';
import { updateMessage } from './webhook-message.js';
import { WebhookCredentials, WebhookSettings } from './webhook-settings.js';

const CALLS = 'calls';

/** A shop of the merchant's own that takes signed messages (Standard Webhooks). It reports nothing back. */
export const webhookProvider: Provider<WebhookSettings, WebhookCredentials> = {
  name: 'webhook',
  settings: WebhookSettings,
  credentials: WebhookCredentials,
  mostUnits: Number.MAX_SAFE_INTEGER,
  faults: (_settings, { secret }) =>
    isSigningSecret(secret) ? [] : [{ field: 'secret', message: 'must be whsec_ and the base64 of 24 to 64 bytes' }],
  identity: ({ url }, { secret }) => JSON.stringify([url, secret]),
  limits: ({ callsPerSecond = DEFAULT_CALLS_PER_SECOND }) => [{ kind: 'bucket', name: CALLS, perSecond: callsPerSecond, burst: 1 }],
  open: ({ tenant, channelId, settings, credentials }, { http, budget, now }) => ({
    batch: () => MAX_LISTINGS_PER_CALL,
    write: async (listings) => {
      await budget.take([{ limit: CALLS, units: 1 }], { urgent: true });
      const message = updateMessage(tenant, channelId, updatesOf(listings), credentials.secret, now());
      const answer = await http.call({ method: 'POST', url: settings.url, ...message, mostAnswerBytes: MAX_ANSWER_BYTES });
      return resultOf(listings, answer, now());
    },
    check: async () => {
      await budget.take([{ limit: CALLS, units: 1 }], { urgent: true });
      const message = updateMessage(tenant, channelId, [], credentials.secret, now());
      const answer = await http.call({ method: 'POST', url: settings.url, ...message, mostAnswerBytes: MAX_ANSWER_BYTES });
      if (answer.kind === 'unanswered') return [{ name: 'reachable', ok: false, says: `the receiver does not answer: ${answer.fault}` }];
      const taken = answer.status >= 200 && answer.status < 300;
      return [
        { name: 'reachable', ok: true, says: `the receiver answers at ${new URL(settings.url).host}` },
        {
          name: 'token',
          ok: taken,
          says: taken
            ? 'it took a signed message without listings'
            : `it answered a signed message without listings with ${String(answer.status)}`,
        },
      ];
    },
  }),
};
