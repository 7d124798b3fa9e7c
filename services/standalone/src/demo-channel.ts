import { randomBytes } from 'node:crypto';
import { createWebhookReceiver, type WebhookReceiver } from '@holdfast/channel-connector';

export interface DemoChannel {
  readonly receiver: WebhookReceiver;
  readonly secret: string;
}

/** A shop's end of the sample channels: shows at its address what it was told. On the wished port, else on a free one. */
export async function startDemoChannel(wishedPort: number): Promise<DemoChannel> {
  const secret = `whsec_${randomBytes(24).toString('base64')}`;
  const receiver = await createWebhookReceiver({ secret, port: wishedPort }).catch(() => createWebhookReceiver({ secret }));
  return { receiver, secret };
}
