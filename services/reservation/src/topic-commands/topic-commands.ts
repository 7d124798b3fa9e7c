import { TOPICS } from '@holdfast/contracts';
import type { Bus, IncomingMessage, MessageBatch } from '@holdfast/messaging';
import { Problem, toProblem } from '@holdfast/platform';
import type { Clock } from '@holdfast/kit';
import { COMMAND_KEYS_AT_ONCE, COMMAND_TRIES } from '../limits.js';
import { InFlight } from '../orders/in-flight.js';
import type { Answer } from '../reservations/single-sku.js';
import type { CommandHandlers } from './command-handlers.js';
import type { CommandMetrics } from './command-metrics.js';
import { IntakeClosed, type TransientRetry } from './transient-retry.js';
import { readCommand, type Reading, type ReceivedCommand } from './read-command.js';
import type { RememberedResult, ResultMemory } from './result-memory.js';
import { doneResult, refusedResult, reusedResult } from './results.js';
import { parallelByKey } from './parallel-by-key.js';

export interface TopicCommandsOptions {
  readonly handlers: CommandHandlers;
  readonly memory: ResultMemory;
  readonly bus: Pick<Bus, 'publish'>;
  readonly retry: TransientRetry;
  readonly metrics: CommandMetrics;
  readonly clock: Clock;
}

interface Received {
  readonly incoming: IncomingMessage;
  readonly reading: Reading;
}

type Carried =
  { readonly kind: 'done'; readonly answer: Answer } | { readonly kind: 'refused'; readonly problem: Problem; readonly cause: unknown };

/**
 * Consumes the commands of the topic. It carries a command out, stores its result, publishes it, and then lets the offset be stored. A command
 * that is delivered again, also to another process, therefore has no second effect and gets the same result.
 */
export class TopicCommands {
  private readonly serving = new InFlight();

  constructor(private readonly parts: TopicCommandsOptions) {}

  /** @throws IntakeClosed when `close` was called while a command waited out a transient fault: the batch must be delivered again */
  take(batch: MessageBatch): Promise<void> {
    const received = batch.messages.map((incoming): Received => ({ incoming, reading: readCommand(incoming) }));
    return parallelByKey(received, { keyOf, atOnce: COMMAND_KEYS_AT_ONCE }, (one) => this.serve(batch, one));
  }

  /** Ends the retries of transient faults. The topic delivers the commands again. */
  close(): void {
    this.parts.retry.close();
  }

  private async serve(batch: MessageBatch, { incoming, reading }: Received): Promise<void> {
    if (reading.kind === 'faulty') {
      const { reason, address } = reading;
      this.parts.metrics.count(address?.kind ?? 'unreadable', 'malformed');
      batch.reject(incoming, reason);
      if (address === undefined) return;
      const problem = new Problem(400, reason.code, reason.message);
      return this.publish(address.key, refusedResult(address, problem, this.parts.clock.now()).value, incoming);
    }
    const { command } = reading;
    const answer = (): Promise<void> => this.answer(command, incoming, batch);
    return this.serving.after(command.commandId, answer);
  }

  private async answer(command: ReceivedCommand, incoming: IncomingMessage, batch: MessageBatch): Promise<void> {
    const { memory, metrics, retry, clock } = this.parts;
    const known = await retry.untilDone(() => memory.find(command.commandId));
    if (known !== undefined) return this.repeat(command, known, incoming);

    const carried = await this.carryOut(command);
    const now = clock.now();
    const result = carried.kind === 'done' ? doneResult(command, carried.answer, now) : refusedResult(command, carried.problem, now);
    metrics.count(command.kind, result.outcome);
    if (carried.kind === 'refused' && result.outcome === 'failed') {
      // The result is not stored, so that the same command can be sent again once the fault is fixed.
      batch.reject(incoming, { code: 'handler_failed', message: inWords(carried.cause) });
      return this.publish(command.key, result.value, incoming);
    }
    const kept = await retry.untilDone(() => memory.remember(command.commandId, { ...result, requestHash: command.requestHash }));
    if (kept.outcome === 'refused' && carried.kind === 'done' && command.kind === 'reserve') {
      await retry.untilDone(() => this.parts.handlers.withdraw(command, carried.answer));
    }
    return this.publish(command.key, kept.value, incoming);
  }

  private repeat(command: ReceivedCommand, known: RememberedResult, incoming: IncomingMessage): Promise<void> {
    const same = known.requestHash === command.requestHash;
    this.parts.metrics.count(command.kind, same ? 'repeated' : 'reused_id');
    return this.publish(command.key, same ? known.value : reusedResult(command, this.parts.clock.now()).value, incoming);
  }

  /** A refusal is a result. An unexpected error is retried `COMMAND_TRIES` times and then becomes the result `failed`. @throws IntakeClosed */
  private async carryOut(command: ReceivedCommand): Promise<Carried> {
    for (let tries = 1; ; tries += 1) {
      try {
        return { kind: 'done', answer: await this.parts.retry.untilDone(() => this.parts.handlers.carryOut(command)) };
      } catch (error) {
        if (error instanceof IntakeClosed) throw error;
        const problem = toProblem(error);
        if (problem.status < 500 || tries === COMMAND_TRIES) return { kind: 'refused', problem, cause: error };
      }
    }
  }

  private async publish(key: string, value: string, incoming: IncomingMessage): Promise<void> {
    const { bus, clock, metrics, retry } = this.parts;
    await retry.untilDone(() => bus.publish(TOPICS.reservationResults.name, [{ key, value }]));
    metrics.answered(clock.now() - incoming.timestamp);
  }
}

const keyOf = ({ incoming, reading }: Received): string => (reading.kind === 'command' ? reading.command.key : incoming.key);

const inWords = (error: unknown): string => (error instanceof Error ? `${error.name}: ${error.message}` : String(error));
