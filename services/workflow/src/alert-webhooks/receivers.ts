import type { Sealer } from '@holdfast/kit';
import { heard, judge, signedMessage, type VendorClient, type Verdict } from '@holdfast/vendor-http';
import { alertView, type AlertRow } from '../alerts/alert-view.js';
import type { AttemptTable } from './attempt-table.js';
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

interface Message {
  readonly type: string;
  readonly timestamp: string;
  readonly data: object;
}

/** Calls receivers of alerts with signed messages. */
export class Receivers {
  constructor(
    private readonly client: Pick<VendorClient, 'until'>,
    private readonly sealer: Sealer,
    private readonly now: () => number,
    private readonly attempts: Pick<AttemptTable, 'store'>,
    /** Told of a call that could not be written down: what the receiver said counts all the same. */
    private readonly onFault: (error: unknown) => void,
  ) {}

  /**
   * Sends the alert as `GET /v1/alerts` shows it. Its id is the message's, so that a receiver can drop a repeat.
   * @throws CannotUnseal
   */
  sendAlert(receiver: Receiver, row: AlertRow, stopped: AbortSignal): Promise<Verdict> {
    const data = alertView(row);
    return this.send(receiver, data.id, data.id, { type: `alert.${data.type}`, timestamp: data.at, data }, stopped);
  }

  /** @throws CannotUnseal */
  sendTest(receiver: Receiver, messageId: string, stopped: AbortSignal): Promise<Verdict> {
    const timestamp = new Date(this.now()).toISOString();
    return this.send(receiver, messageId, null, { type: 'alert.test', timestamp, data: { webhookId: receiver.webhookId } }, stopped);
  }

  private async send(
    receiver: Receiver,
    messageId: string,
    alertId: string | null,
    message: Message,
    stopped: AbortSignal,
  ): Promise<Verdict> {
    const at = new Date(this.now());
    const signed = signedMessage(messageId, message, this.sealer.unseal(receiver.secret, placeOf(receiver)), at.getTime());
    const request = { method: 'POST', url: receiver.url, ...signed, mostAnswerBytes: MAX_ANSWER_BYTES } as const;
    const began = performance.now();
    const verdict = judge(heard(await this.client.until(stopped).call(request)), this.now());
    const says = verdict.kind === 'delivered' ? null : verdict.fault;
    const tookMs = performance.now() - began;
    await this.attempts.store(receiver, { alertId, type: message.type, at, tookMs, outcome: verdict.kind, says }).catch(this.onFault);
    return verdict;
  }
}
