import { randomUUID } from 'node:crypto';
import { isRecord, jsonOf, type VendorAnswer, type VendorCall, type VendorRoute } from '../../http/vendor-call.js';
import { invalid } from '../errors.js';
import type { WalmartGuard } from '../guard.js';
import { PARTNER_ID } from '../options.js';
import type { WalmartNotifier } from './notifier.js';

const TYPES = [
  { eventType: 'ORDER_UPDATES', resourceName: 'ORDER', description: 'Purchase orders created and cancelled' },
  { eventType: 'INVENTORY_OOS', resourceName: 'INVENTORY', description: 'Items that are out of stock' },
].map((type) => ({ ...type, eventVersion: 'V1' }));

/** Kinds of events, and subscriptions to them. */
export function webhookRoutes(notifier: WalmartNotifier, guard: WalmartGuard): readonly VendorRoute[] {
  const subscriptions: object[] = [];
  const route = (method: 'GET' | 'POST', path: string, operation: string, handle: (call: VendorCall) => VendorAnswer) =>
    guard.route({ method, path: `/v3/webhooks/${path}`, operation, limit: 'other', handle });
  return [
    route('GET', 'eventTypes', 'getEventTypes', () => ({ status: 200, body: { eventTypes: TYPES } })),
    route('GET', 'subscriptions', 'getSubscriptions', () => ({ status: 200, body: { events: subscriptions } })),
    route('POST', 'subscriptions', 'createSubscription', (call) => subscribe(notifier, subscriptions, call)),
  ];
}

function subscribe(notifier: WalmartNotifier, subscriptions: object[], call: VendorCall): VendorAnswer {
  const body = jsonOf(call);
  const events = isRecord(body) && Array.isArray(body['events']) ? (body['events'] as readonly unknown[]) : [];
  if (events.length === 0 || !events.every(isRecord)) return invalid('events', 'At least one event is needed.');
  for (const event of events) {
    const known = TYPES.find(({ eventType }) => eventType === event['eventType']);
    if (known?.resourceName !== event['resourceName']) return invalid('eventType', 'The event type is unknown for the resource.');
    if (typeof event['eventUrl'] !== 'string') return invalid('eventUrl', 'The address is needed.');
  }
  const made = events.map((event) => ({ ...event, subscriptionId: randomUUID(), partnerId: PARTNER_ID }));
  subscriptions.push(...made);
  for (const event of events) {
    const details = isRecord(event['authDetails']) ? event['authDetails'] : {};
    const { authMethod, authHeaderName, clientSecret } = details;
    if (authMethod === 'HMAC' && typeof authHeaderName === 'string' && typeof clientSecret === 'string')
      notifier.sendTo({ url: String(event['eventUrl']) }, { scheme: 'hmac', header: authHeaderName.toLowerCase(), secret: clientSecret });
  }
  return { status: 200, body: { event: made } };
}
