import { randomUUID } from 'node:crypto';
import { isRecord, jsonOf, type VendorAnswer, type VendorCall, type VendorRoute } from '../../http/vendor-call.js';
import { API_SCOPE, SCOPES } from '../account.js';
import { type EbayError, refused } from '../errors.js';
import type { EbayGuard } from '../guard.js';
import type { Notifier } from './notifier.js';
import type { NotificationSigner } from './signature.js';

const BASE = '/commerce/notification/v1';
const TOPICS = ['ORDER_CONFIRMATION', 'ITEM_AVAILABILITY', 'MARKETPLACE_ACCOUNT_DELETION'];
const TOKEN = /^[A-Za-z0-9_-]{32,80}$/;

interface Known {
  readonly destinations: Map<string, object>;
  readonly subscriptions: Map<string, object>;
  alertEmail: string | undefined;
}

/** Key, configuration, destinations and subscriptions of the Notification API. A destination must answer the challenge first. */
export function notificationRoutes(signer: NotificationSigner, notifier: Notifier, guard: EbayGuard): readonly VendorRoute[] {
  const known: Known = { destinations: new Map(), subscriptions: new Map(), alertEmail: undefined };
  const route = (
    method: 'GET' | 'POST' | 'PUT',
    path: string,
    operation: string,
    handle: (call: VendorCall) => VendorAnswer | Promise<VendorAnswer>,
  ) => guard.route({ method, path: `${BASE}${path}`, operation, scopes: [API_SCOPE, ...Object.values(SCOPES)], handle });
  return [
    guard.route({
      method: 'GET',
      path: `${BASE}/public_key/:public_key_id`,
      operation: 'getPublicKey',
      scopes: [API_SCOPE],
      handle: ({ params }) =>
        params['public_key_id'] === signer.keyId
          ? { status: 200, body: signer.publicKey() }
          : refused(404, notification(195005, 'Invalid public key id.')),
    }),
    route('GET', '/topic', 'getTopics', () => ({ status: 200, body: { topics: TOPICS.map(topic), total: TOPICS.length, limit: 20 } })),
    route('PUT', '/config', 'updateConfig', (call) => setEmail(known, call)),
    route('POST', '/destination', 'createDestination', (call) => addDestination(known, notifier, call)),
    route('POST', '/subscription', 'createSubscription', (call) => addSubscription(known, call)),
    route('GET', '/subscription', 'getSubscriptions', () => ({
      status: 200,
      body: { subscriptions: [...known.subscriptions.values()], total: known.subscriptions.size, limit: 20 },
    })),
  ];
}

const topic = (topicId: string) => ({
  topicId,
  status: 'ENABLED',
  context: 'API',
  scope: topicId === 'MARKETPLACE_ACCOUNT_DELETION' ? 'APPLICATION' : 'USER',
  supportedPayloads: [{ format: ['JSON'], schemaVersion: '1.0', deliveryProtocol: 'HTTPS', deprecated: false }],
});

function setEmail(known: Known, call: VendorCall): VendorAnswer {
  const body = jsonOf(call);
  const email = isRecord(body) ? body['alertEmail'] : undefined;
  if (typeof email !== 'string' || !email.includes('@')) return refused(400, notification(195003, 'Invalid email.'));
  known.alertEmail = email;
  return { status: 204 };
}

async function addDestination(known: Known, notifier: Notifier, call: VendorCall): Promise<VendorAnswer> {
  const body = jsonOf(call);
  const delivery = isRecord(body) ? body['deliveryConfig'] : undefined;
  const endpoint = isRecord(delivery) ? delivery['endpoint'] : undefined;
  const token = isRecord(delivery) ? delivery['verificationToken'] : undefined;
  if (known.alertEmail === undefined) return refused(400, notification(195012, 'Set the alert email first.'));
  if (!isRecord(body) || typeof endpoint !== 'string') return refused(400, notification(195017, 'Invalid endpoint.'));
  if (typeof token !== 'string' || !TOKEN.test(token)) return refused(400, notification(195018, 'Invalid verification token.'));
  if (!(await notifier.verify(endpoint, token))) return refused(400, notification(195020, 'The challenge verification failed.'));
  const destinationId = randomUUID();
  known.destinations.set(destinationId, { destinationId, ...body });
  return { status: 201, body: {}, headers: { location: `${BASE}/destination/${destinationId}` } };
}

function addSubscription(known: Known, call: VendorCall): VendorAnswer {
  const body = jsonOf(call);
  if (!isRecord(body) || typeof body['topicId'] !== 'string' || !TOPICS.includes(body['topicId']))
    return refused(400, notification(195007, 'Invalid topic.'));
  if (typeof body['destinationId'] !== 'string' || !known.destinations.has(body['destinationId']))
    return refused(400, notification(195014, 'Invalid destination.'));
  const subscriptionId = randomUUID();
  known.subscriptions.set(subscriptionId, { subscriptionId, ...body });
  return { status: 201, body: {}, headers: { location: `${BASE}/subscription/${subscriptionId}` } };
}

const notification = (errorId: number, message: string): EbayError => ({
  errorId,
  domain: 'API_NOTIFICATION',
  category: 'REQUEST',
  message,
  longMessage: message,
});
