import { createHmac } from 'node:crypto';
import { HookSender } from '../../http/hook-sender.js';
import type { HookTarget } from '../../simulator.js';
import { orderPayload, levelPayload, refundPayload } from './payloads.js';
import type { Level } from '../shop/inventory.js';
import type { OrderEvent } from '../shop/orders.js';

export interface WebhooksOptions {
  readonly shopDomain: string;
  readonly apiVersion: string;
  readonly secret: string;
  readonly now: () => number;
  /** Sees each body before it goes out. */
  readonly check: (topic: string, body: unknown) => void;
}

/** The signature of a body: base64 of its HMAC-SHA256 under the secret of the app. */
export const signatureOf = (body: string, secret: string): string => createHmac('sha256', secret).update(body).digest('base64');

/** Signs and sends the events of a shop. Own writes of the app are events like others. */
export class Webhooks {
  private readonly sender = new HookSender();
  private sent = 0;

  constructor(private readonly options: WebhooksOptions) {}

  sendTo(target: HookTarget): void {
    this.sender.sendTo(target);
  }

  settled(): Promise<void> {
    return this.sender.settled();
  }

  levelChanged(level: Level): void {
    this.send('inventory_levels/update', levelPayload(level));
  }

  orderChanged(event: OrderEvent): void {
    switch (event.kind) {
      case 'placed':
        return this.send('orders/create', orderPayload(event.order));
      case 'cancelled':
        return this.send('orders/cancelled', orderPayload(event.order));
      case 'refunded':
        return this.send('refunds/create', refundPayload(event.refund));
    }
  }

  private send(topic: string, payload: object): void {
    const { shopDomain, apiVersion, secret, now, check } = this.options;
    check(topic, payload);
    const body = JSON.stringify(payload);
    const id = `00000000-0000-4000-8000-${String(++this.sent).padStart(12, '0')}`;
    this.sender.send({
      headers: {
        'content-type': 'application/json',
        'x-shopify-topic': topic,
        'x-shopify-hmac-sha256': signatureOf(body, secret),
        'x-shopify-shop-domain': shopDomain,
        'x-shopify-api-version': apiVersion,
        'x-shopify-webhook-id': id,
        'x-shopify-event-id': id,
        'x-shopify-triggered-at': new Date(now()).toISOString(),
      },
      body,
    });
  }
}
