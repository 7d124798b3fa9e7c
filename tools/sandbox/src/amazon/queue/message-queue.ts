import { createHash } from 'node:crypto';
import type { SandboxClock } from '../../sandbox-clock.js';
import type { AmazonIds } from '../ids.js';

interface Held {
  readonly id: string;
  readonly body: string;
  readonly sentAt: number;
  visibleAt: number;
  receives: number;
  firstReceivedAt: number;
  handle: string;
}

export interface ReceivedMessage {
  readonly MessageId: string;
  readonly ReceiptHandle: string;
  readonly MD5OfBody: string;
  readonly Body: string;
  readonly Attributes: Readonly<Record<string, string>>;
}

/** Messages kept; the oldest are lost beyond that, as after the retention of a real queue. */
const MAX_MESSAGES = 100_000;

/** A queue that gives each message at least once: what was received and not deleted comes back after the visibility time-out. */
export class MessageQueue {
  private readonly held = new Map<string, Held>();

  constructor(
    private readonly clock: SandboxClock,
    private readonly ids: AmazonIds,
  ) {}

  send(body: string, delayMs = 0): void {
    const now = this.clock.now();
    const id = this.ids.uuid();
    this.held.set(id, { id, body, sentAt: now, visibleAt: now + delayMs, receives: 0, firstReceivedAt: 0, handle: '' });
    const oldest = this.held.keys().next();
    if (this.held.size > MAX_MESSAGES && oldest.done !== true) this.held.delete(oldest.value);
  }

  receive(max: number, visibilityMs: number): readonly ReceivedMessage[] {
    const now = this.clock.now();
    const received: ReceivedMessage[] = [];
    for (const message of this.held.values()) {
      if (received.length >= max) break;
      if (message.visibleAt > now) continue;
      message.receives += 1;
      if (message.receives === 1) message.firstReceivedAt = now;
      message.visibleAt = now + visibilityMs;
      message.handle = `${message.id}#${String(message.receives)}`;
      received.push(shown(message));
    }
    return received;
  }

  /** Deletes by the newest handle; an older one is taken and does nothing, as SQS may do. False where the handle was never given. */
  delete(handle: string): boolean {
    const message = this.of(handle);
    if (message === undefined) return handle.includes('#');
    if (message.handle === handle) this.held.delete(message.id);
    return true;
  }

  changeVisibility(handle: string, visibilityMs: number): boolean {
    const message = this.of(handle);
    if (message?.handle !== handle) return false;
    message.visibleAt = this.clock.now() + visibilityMs;
    return true;
  }

  counts(): { readonly visible: number; readonly inFlight: number } {
    const now = this.clock.now();
    const visible = [...this.held.values()].filter(({ visibleAt }) => visibleAt <= now).length;
    return { visible, inFlight: this.held.size - visible };
  }

  private of(handle: string): Held | undefined {
    return this.held.get(handle.split('#')[0] ?? '');
  }
}

const shown = ({ id, handle, body, receives, sentAt, firstReceivedAt }: Held): ReceivedMessage => ({
  MessageId: id,
  ReceiptHandle: handle,
  MD5OfBody: createHash('md5').update(body, 'utf8').digest('hex'),
  Body: body,
  Attributes: {
    ApproximateReceiveCount: String(receives),
    ApproximateFirstReceiveTimestamp: String(firstReceivedAt),
    SentTimestamp: String(sentAt),
  },
});
