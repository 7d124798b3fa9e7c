import type { IncomingMessage, MessageBatch, RejectReason } from '../port.js';

/** A batch that collects the rejected messages, each once, until the handler has finished. */
export class CollectingBatch implements MessageBatch {
  readonly topic: string;
  readonly partition: number;
  private readonly reasons = new Map<string, { readonly message: IncomingMessage; readonly reason: RejectReason }>();

  constructor(
    readonly messages: readonly IncomingMessage[],
    topic: string,
    partition: number,
  ) {
    this.topic = topic;
    this.partition = partition;
  }

  reject(message: IncomingMessage, reason: RejectReason): void {
    if (!this.messages.includes(message)) throw new Error(`Message ${message.offset} is not part of this batch.`);
    if (!this.reasons.has(message.offset)) this.reasons.set(message.offset, { message, reason });
  }

  get rejected(): readonly { readonly message: IncomingMessage; readonly reason: RejectReason }[] {
    return [...this.reasons.values()];
  }
}
