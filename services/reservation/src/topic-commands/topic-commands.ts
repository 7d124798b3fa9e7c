import { TOPICS } from '@holdfast/contracts';
import type { Bus, IncomingMessage, MessageBatch } from '@holdfast/messaging';
import { Problem, toProblem } from '@holdfast/platform';
import type { Clock } from '@holdfast/kit';
import { DOOR_KEYS_AT_ONCE, DOOR_TRIES } from '../limits.js';
import { InFlight } from '../orders/in-flight.js';
import type { Answer } from '../reservations/single-sku.js';
import type { CommandDesk } from './command-desk.js';
import type { DoorMetrics } from './door-metrics.js';
import { DoorClosed, type Patience } from './patience.js';
import { readCommand, type Reading, type ReceivedCommand } from './read-command.js';
import type { RememberedResult, ResultMemory } from './result-memory.js';
import { doneResult, refusedResult, reusedResult } from './results.js';
import { sideBySide } from './side-by-side.js';

export interface DoorParts {
  readonly desk: CommandDesk;
  readonly memory: ResultMemory;
  readonly bus: Pick<Bus, 'publish'>;
  readonly patience: Patience;
  readonly metrics: DoorMetrics;
  readonly clock: Clock;
}

interface Received {
  readonly incoming: IncomingMessage;
  readonly reading: Reading;
}

type Carried =
  { readonly kind: 'done'; readonly answer: Answer } | { readonly kind: 'refused'; readonly problem: Problem; readonly cause: unknown };

/**
 * Commands of the topic: carried out, their results remembered, then published, and only then is the offset stored. So a command that comes
 * again, whenever and to whichever process, has no second effect and is answered by the same words.
 */
export class CommandDoor {
  private readonly serving = new InFlight();

  constructor(private readonly parts: DoorParts) {}

  /** @throws what passes by itself, when the door closes meanwhile: the batch has to come again */
  take(batch: MessageBatch): Promise<void> {
    const received = batch.messages.map((incoming): Received => ({ incoming, reading: readCommand(incoming) }));
    return sideBySide(received, { keyOf, atOnce: DOOR_KEYS_AT_ONCE }, (one) => this.serve(batch, one));
  }

  /** Those that wait for a fault to pass give up; the topic brings their commands again. */
  close(): void {
    this.parts.patience.close();
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
    const { memory, metrics, patience, clock } = this.parts;
    const known = await patience.through(() => memory.find(command.commandId));
    if (known !== undefined) return this.repeat(command, known, incoming);

    const carried = await this.carryOut(command);
    const now = clock.now();
    const result = carried.kind === 'done' ? doneResult(command, carried.answer, now) : refusedResult(command, carried.problem, now);
    metrics.count(command.kind, result.outcome);
    if (carried.kind === 'refused' && result.outcome === 'failed') {
      // Not remembered: once the fault is mended, the same command may be sent again.
      batch.reject(incoming, { code: 'handler_failed', message: inWords(carried.cause) });
      return this.publish(command.key, result.value, incoming);
    }
    const kept = await patience.through(() => memory.remember(command.commandId, { ...result, requestHash: command.requestHash }));
    if (kept.outcome === 'refused' && carried.kind === 'done' && command.kind === 'reserve') {
      await patience.through(() => this.parts.desk.withdraw(command, carried.answer));
    }
    return this.publish(command.key, kept.value, incoming);
  }

  private repeat(command: ReceivedCommand, known: RememberedResult, incoming: IncomingMessage): Promise<void> {
    const same = known.requestHash === command.requestHash;
    this.parts.metrics.count(command.kind, same ? 'repeated' : 'reused_id');
    return this.publish(command.key, same ? known.value : reusedResult(command, this.parts.clock.now()).value, incoming);
  }

  /** A refusal is an answer; what nobody foresaw is tried a few times, and becomes one too. @throws DoorClosed */
  private async carryOut(command: ReceivedCommand): Promise<Carried> {
    for (let tries = 1; ; tries += 1) {
      try {
        return { kind: 'done', answer: await this.parts.patience.through(() => this.parts.desk.carryOut(command)) };
      } catch (error) {
        if (error instanceof DoorClosed) throw error;
        const problem = toProblem(error);
        if (problem.status < 500 || tries === DOOR_TRIES) return { kind: 'refused', problem, cause: error };
      }
    }
  }

  private async publish(key: string, value: string, incoming: IncomingMessage): Promise<void> {
    const { bus, clock, metrics, patience } = this.parts;
    await patience.through(() => bus.publish(TOPICS.reservationResults.name, [{ key, value }]));
    metrics.answered(clock.now() - incoming.timestamp);
  }
}

const keyOf = ({ incoming, reading }: Received): string => (reading.kind === 'command' ? reading.command.key : incoming.key);

const inWords = (error: unknown): string => (error instanceof Error ? `${error.name}: ${error.message}` : String(error));
