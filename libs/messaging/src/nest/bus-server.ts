import { Server, type CustomTransportStrategy, type MessageHandler } from '@nestjs/microservices';
import { isObservable, lastValueFrom } from 'rxjs';
import { reportFault } from '../delivery/delivery.js';
import type { Bus, BusSubscription, ConsumeOptions, MessageBatch } from '../port.js';
import { BusContext } from './bus-context.js';

/** Everything of `ConsumeOptions` but the topics, which are the patterns of the handlers. */
export interface BusServerOptions extends Omit<ConsumeOptions, 'topics' | 'onBatch' | 'deadLetterTopic'> {
  readonly bus: Bus;
}

/**
 * Nest transport over a bus: handlers with `@OnTopic('topic')` or `@EventPattern('topic')` are given a `MessageBatch` (`@Payload()`) and a `BusContext` (`@Ctx()`).
 * Several handlers of a topic must all succeed for its offsets to be stored. Connect it with `connectBus`, or, for
 * `@EventPattern`, add `HandlerFaults` to the microservice yourself: without it every error counts as transient, since Nest hides what it was.
 */
export class BusServer extends Server implements CustomTransportStrategy {
  override readonly transportId = Symbol('holdfast-bus');
  // The bus reports failures: it retries them and calls `onFault`.
  override readonly propagatesEventHandlerErrors = true;
  private subscription: BusSubscription | undefined;

  constructor(private readonly options: BusServerOptions) {
    super();
  }

  listen(callback: (error?: unknown) => void): void {
    this.begin().then(
      () => callback(),
      (error: unknown) => callback(error),
    );
  }

  /** Resolves when no handler runs any more. The bus stays open: its owner closes it. */
  async close(): Promise<void> {
    await this.subscription?.stop();
    this.subscription = undefined;
  }

  override on(): never {
    throw new Error('A bus has no events to listen to; give `onFault` instead.');
  }

  override unwrap<Engine>(): Engine {
    return this.options.bus as Engine;
  }

  private async begin(): Promise<void> {
    const requests = [...this.messageHandlers].filter(([, handler]) => handler.isEventHandler !== true).map(([pattern]) => pattern);
    if (requests.length > 0)
      throw new Error(`A bus answers nobody: use @EventPattern instead of @MessagePattern for ${requests.join(', ')}.`);
    const topics = [...this.messageHandlers.keys()];
    if (topics.length === 0) return;
    const { bus, ...options } = this.options;
    this.subscription = await bus.consume({ ...options, topics, onBatch: (batch) => this.dispatch(batch) });
  }

  private async dispatch(batch: MessageBatch): Promise<void> {
    const handler = this.messageHandlers.get(batch.topic);
    if (!handler) throw new Error(`No handler for ${batch.topic}.`);
    try {
      await settled(handler, batch, new BusContext([batch, this.options.group]));
    } catch (error) {
      throw error instanceof Error ? error : hidden(error, this.options.onFault);
    }
  }
}

async function settled(handler: MessageHandler, batch: MessageBatch, context: BusContext): Promise<void> {
  const result: unknown = await handler(batch, context);
  if (isObservable(result)) await lastValueFrom(result, { defaultValue: undefined });
}

/** Nest's default filter hides the error. It must count as transient: the message cannot be given up without knowing the reason. */
function hidden(error: unknown, onFault: ((error: unknown) => void) | undefined): Error {
  const fault = Object.assign(
    new Error('A handler failed with an error that Nest hid; use @OnTopic, or connect the bus with connectBus.', { cause: error }),
    {
      transient: true,
    },
  );
  reportFault(onFault, fault);
  return fault;
}
