import type { Sealer } from '@holdfast/kit';
import { heard, judge, signedMessage, type VendorClient, type Verdict } from '@holdfast/vendor-http';
import { alertView, type AlertRow } from '../alerts/alert-view.js';
import { MAX_ANSWER_BYTES } from './limits.js';
import type { WebhookRef } from './webhook-table.js';

/** How a receiver is called. */
export interface Receiver extends WebhookRef {
  readonly url: string;
  /** Sealed. */
  readonly secret: string;
}

/** Where a secret is stored; a sealed one cannot be unsealed at another place. */
const placeOf = ({ tenant, webhookId }: WebhookRef): string => `alert webhook ${JSON.stringify([tenant, webhookId])}`;

export const sealedSecret = (sealer: Sealer, webhook: WebhookRef, secret: string): string => sealer.seal(secret, placeOf(webhook));

/** Calls receivers of alerts with signed messages. */
export class Receivers {
  constructor(
    private readonly client: VendorClient,
    private readonly sealer: Sealer,
    private readonly now: () => number,
  ) {}

  /**
   * Sends the alert as `GET /v1/alerts` shows it. Its id is the message's, so that a receiver can drop a repeat.
   * @throws CannotUnseal
   */
  sendAlert(receiver: Receiver, row: AlertRow, stopped: AbortSignal): Promise<Verdict> {
    const data = alertView(row);
    return this.send(receiver, data.id, { type: `alert.${data.type}`, timestamp: data.at, data }, stopped);
  }

  /** @throws CannotUnseal */
  sendTest(receiver: Receiver, messageId: string, stopped: AbortSignal): Promise<Verdict> {
    const timestamp = new Date(this.now()).toISOString();
    return this.send(receiver, messageId, { type: 'alert.test', timestamp, data: { webhookId: receiver.webhookId } }, stopped);
  }

  private async send(receiver: Receiver, messageId: string, message: object, stopped: AbortSignal): Promise<Verdict> {
    const signed = signedMessage(messageId, message, this.sealer.unseal(receiver.secret, placeOf(receiver)), this.now());
    const request = { method: 'POST', url: receiver.url, ...signed, mostAnswerBytes: MAX_ANSWER_BYTES } as const;
    return judge(heard(await this.client.until(stopped).call(request)), this.now());
  }
}
