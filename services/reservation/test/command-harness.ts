import { cloudEvent, type ReservationResultMessage } from '@holdfast/contracts';
import type { IncomingMessage, OutgoingMessage, RejectReason } from '@holdfast/messaging';
import { createMetrics } from '@holdfast/platform';
import { CommandHandlers } from '../src/topic-commands/command-handlers.js';
import { TopicCommands } from '../src/topic-commands/topic-commands.js';
import { commandMetrics } from '../src/topic-commands/command-metrics.js';
import { TransientRetry } from '../src/topic-commands/transient-retry.js';
import type { RememberedResult, ResultMemory } from '../src/topic-commands/result-memory.js';
import type { Reservations } from '../src/reservations/reservations.js';
import type { Answer } from '../src/reservations/single-sku.js';

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
const metrics = createMetrics();

class Memory implements ResultMemory {
  private readonly results = new Map<string, RememberedResult>();

  async find(commandId: string): Promise<RememberedResult | undefined> {
    await turn();
    return this.results.get(commandId);
  }

  async remember(commandId: string, result: RememberedResult): Promise<RememberedResult> {
    await turn();
    const kept = this.results.get(commandId) ?? result;
    this.results.set(commandId, kept);
    return kept;
  }
}

type Fault = { readonly error: Error; left: number };

/** The asynchronous commands over reservations that do as they are told. Commands are known by their message ids, which are their order ids too. */
export function commandHarness(memory: ResultMemory = new Memory()) {
  const carriedOut: string[] = [];
  const withdrawn: string[] = [];
  const rejected: RejectReason[] = [];
  const sent: OutgoingMessage[] = [];
  const faults = new Map<string, Fault[]>();
  const meanwhile = new Map<string, () => Promise<void>>();
  const busFaults: Error[] = [];

  const answer = (orderId: string): Answer => ({
    reservation: { reservationId: orderId, orderId, status: 'held', expiresAt: 0, lines: [] },
    position: 1n,
  });
  const reserve = async ({ orderId }: Parameters<Reservations['reserve']>[0]): Promise<Answer> => {
    await turn();
    await meanwhile.get(orderId)?.();
    const fault = faults.get(orderId)?.find(({ left }) => left > 0);
    if (fault !== undefined) {
      fault.left -= 1;
      throw fault.error;
    }
    carriedOut.push(orderId);
    return answer(orderId);
  };
  const release = async ({ ref }: Parameters<Reservations['release']>[0]): Promise<Answer> => {
    withdrawn.push(ref.reservationId);
    return Promise.resolve(answer(ref.reservationId));
  };
  const never = (): Promise<Answer> => Promise.reject(new Error('this command was not expected'));
  const publish = async (_topic: string, messages: readonly OutgoingMessage[]): Promise<void> => {
    await turn();
    const fault = busFaults.pop();
    if (fault !== undefined) throw fault;
    sent.push(...messages);
  };

  const topicCommands = new TopicCommands({
    handlers: new CommandHandlers({ reserve, release, commit: never, extend: never }),
    memory,
    bus: { publish },
    // Pauses take no time, but other work of the event loop runs.
    retry: new TransientRetry({ after: (_ms, run) => (setImmediate(run), () => undefined) }, () => undefined),
    metrics: commandMetrics(metrics),
    clock: { now: () => 0 },
  });

  const message = ([key, id]: readonly [string, string], index: number): IncomingMessage => {
    const data = { orderId: id, items: [{ sku: 'TEE', quantity: 1 }] };
    const value = JSON.stringify(cloudEvent({ id, source: 's', type: 'holdfast.reservation.reserve.v1', at: 0, tenant: 'acme', data }));
    return { topic: 't', partition: 0, offset: String(index), timestamp: 0, headers: {}, key, value };
  };
  return {
    topicCommands,
    memory,
    carriedOut,
    withdrawn,
    rejected,
    get texts() {
      return sent.map(({ value }) => value);
    },
    get published() {
      return sent.map(({ key, value }) => ({ key, data: (JSON.parse(value ?? '') as ReservationResultMessage).data }));
    },
    take: (...commands: readonly (readonly [key: string, id: string])[]): Promise<void> =>
      topicCommands.take({
        topic: 't',
        partition: 0,
        messages: commands.map(message),
        reject: (_message, reason) => void rejected.push(reason),
      }),
    /** @param times how often; always when not given */
    fails: (id: string, error: Error, times = Number.POSITIVE_INFINITY) =>
      void faults.set(id, [...(faults.get(id) ?? []), { error, left: times }]),
    works: (id: string) => void faults.delete(id),
    whileCarryingOut: (id: string, what: () => Promise<void>) => void meanwhile.set(id, what),
    busFails: (times: number, error: Error) => void busFaults.push(...Array.from({ length: times }, () => error)),
    untilPublished: async (count: number): Promise<void> => {
      while (sent.length < count) await turn();
    },
  };
}
