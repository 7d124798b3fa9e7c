import { Webhook } from 'standardwebhooks';

export interface SignedMessage {
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
}

/**
 * Signs as Standard Webhooks say: HMAC-SHA256 over id, timestamp and the body as sent.
 * @param id by which a receiver knows a repeat @param secret `whsec_…` @param at epoch milliseconds
 */
export function signedMessage(id: string, message: object, secret: string, at: number): SignedMessage {
  const body = JSON.stringify(message);
  return {
    body,
    headers: {
      'content-type': 'application/json',
      'user-agent': 'Holdfast-Webhooks/1',
      'webhook-id': id,
      'webhook-timestamp': String(Math.floor(at / 1_000)),
      'webhook-signature': new Webhook(secret).sign(id, new Date(at), body),
    },
  };
}
