import { randomBytes } from 'node:crypto';
import { createWebhookReceiver, type WebhookReceiver } from '@holdfast/channel-connector';

export interface DemoChannel {
  readonly receiver: WebhookReceiver;
  readonly secret: string;
}

/** The receiver of the sample channels: shows at its address the figures that it received. It uses the given port, else a free one. */
export async function startDemoChannel(wishedPort: number): Promise<DemoChannel> {
  const secret = `whsec_${randomBytes(24).toString('base64')}`;
  const receiver = await createWebhookReceiver({ secret, port: wishedPort }).catch(() => createWebhookReceiver({ secret }));
  return { receiver, secret };
}
