import { BusUnavailable, Delivery, partitionOf } from '@holdfast/messaging';
import type { ConsumeOptions, IncomingMessage, OutgoingMessage } from '@holdfast/messaging';
import type { Faults } from '../faults.js';
import type { Life } from '../life.js';
import type { Random } from '../random.js';
import type { VirtualTime } from '../virtual-time.js';
import { reach } from './reach.js';

const unknown = (): Error => new BusUnavailable('the simulated bus did not answer');
/** How long a message waits at most until an idle consumer has it. */
const POLL_MS = 100;
/** An idle consumer looks by itself so often, for a run has far more idle time than messages. */
const IDLE_MS = 2_000;
const TAKEOVER_MS = 1_000;
/** Rate of looks that take a partition from a live process, which still finishes the messages that it has. */
const REBALANCES = 0.26;
/** Rate of takeovers that begin before the stored offset, as after a reset of offsets. */
const RESETS = 0.3;
const RESET_MESSAGES = 5;

interface Partition {
  readonly messages: IncomingMessage[];
  /** Offset of the next message that the group has not finished. */
  next: number;
  owner: Life | undefined;
}

/** One topic with the offsets of one group; it outlives every process. */
export class SimulatedTopic {
  readonly partitions: readonly Partition[];
  readonly #waiting = new Set<() => void>();

  constructor(
    readonly name: string,
    partitions: number,
    private readonly time: VirtualTime,
  ) {
    this.partitions = Array.from({ length: partitions }, () => ({ messages: [], next: 0, owner: undefined }));
  }

  /** Takes effect at once; a publisher over a network wraps it in `reach`. */
  publish(messages: readonly OutgoingMessage[]): void {
    for (const { key, value, headers = {} } of messages) {
      const index = partitionOf(key, this.partitions.length);
      const { messages: log } = this.#partition(index);
      log.push({ topic: this.name, partition: index, offset: String(log.length), timestamp: this.time.now(), key, value, headers });
    }
    if (messages.length === 0) return;
    const woken = [...this.#waiting];
    this.#waiting.clear();
    for (const wake of woken) wake();
  }

  /** Resolves with true at the next message, of any partition, or with false after a while without one. */
  more(): Promise<boolean> {
    return new Promise((resolve) => {
      const wake = (): void => {
        cancel();
        resolve(true);
      };
      const cancel = this.time.after(IDLE_MS, () => {
        this.#waiting.delete(wake);
        resolve(false);
      });
      this.#waiting.add(wake);
    });
  }

  /** Messages that no handler has finished yet. */
  get waiting(): number {
    return this.partitions.reduce((count, { messages, next }) => count + messages.length - next, 0);
  }

  #partition(index: number): Partition {
    const found = this.partitions[index];
    if (found === undefined) throw new Error(`${this.name} has no partition ${index}`);
    return found;
  }
}

/** Consumption in one life of a process: the handler with the options of a real consumer, over a network that fails as the faults say. */
export interface Consumer {
  readonly life: Life;
  readonly faults: Faults;
  readonly random: Random;
  readonly options: ConsumeOptions;
  readonly publish: (topic: string, messages: readonly OutgoingMessage[]) => Promise<void>;
  /** Stores the group's offset; a planted mistake stores it too early. */
  readonly store?: 'after' | 'before';
}

/** Delivers batches of any size until the process dies: again after a failure, and to two processes at once after a rebalance. */
export function consume(topic: SimulatedTopic, consumer: Consumer): void {
  for (const partition of topic.partitions) void follow(topic, partition, consumer);
}

async function follow(topic: SimulatedTopic, partition: Partition, consumer: Consumer): Promise<void> {
  const { life, random, options, publish } = consumer;
  const delivery = new Delivery(publish, options, topic.name, topic.partitions.indexOf(partition));
  let next = 0;
  while (life.alive) {
    if (partition.owner !== life) {
      if (partition.owner?.alive !== true || random.chance(REBALANCES)) {
        partition.owner = life;
        next = Math.max(0, partition.next - (random.chance(RESETS) ? random.between(0, RESET_MESSAGES) : 0));
      } else await life.sleep(TAKEOVER_MS);
      continue;
    }
    const batch = partition.messages.slice(next, next + Math.min(options.batchSize ?? 500, random.pick([1, 2, 5, 500])));
    if (batch.length === 0) {
      // Offsets that could not be stored before are stored now.
      if (partition.next < next) await store(partition, next, consumer);
      if (await life.hears(topic.more())) await life.sleep(random.between(1, POLL_MS));
      continue;
    }
    if (consumer.store === 'before') await store(partition, next + batch.length, consumer);
    const { taken, pauseMs } = await delivery.deliver(batch);
    next += taken;
    await store(partition, next, consumer);
    if (pauseMs > 0) await life.sleep(pauseMs);
  }
}

/** An offset that could not be stored is stored with the next one; until then the messages may come again. */
const store = (partition: Partition, next: number, { life, faults }: Consumer): Promise<void> =>
  reach(
    life,
    faults,
    async () => {
      if (partition.owner === life) partition.next = Math.max(partition.next, next);
      await Promise.resolve();
    },
    unknown,
  ).catch(() => undefined);
