import { BaseRpcContext } from '@nestjs/microservices';
import type { MessageBatch } from '../port.js';

/** Second argument of a handler (`@Ctx()`): where the batch comes from. */
export class BusContext extends BaseRpcContext<[batch: MessageBatch, group: string]> {
  get batch(): MessageBatch {
    return this.args[0];
  }

  get group(): string {
    return this.args[1];
  }

  get topic(): string {
    return this.batch.topic;
  }

  get partition(): number {
    return this.batch.partition;
  }
}
