import type { GroupCommit } from '@holdfast/kit';
import type { Message, Producer } from 'kafkajs';
import { partitionOf } from '../partitioning/partition-of.js';
import type { OutgoingMessage } from '../port.js';
import { commitsOf } from '../publishing/commits.js';
import { createClient, type Client } from './client.js';
import { reaching } from './faults.js';
import type { Settings } from './options.js';

interface Publication {
  readonly topic: string;
  readonly messages: readonly OutgoingMessage[];
  readonly bytes: number;
}

/** A broker takes 1 MiB of records per partition and request unless told otherwise. */
const MAX_REQUEST_BYTES = 768 * 1_024;
const MAX_WAITING_BYTES = 256 * 1_024 * 1_024;
const OVERHEAD_BYTES = 32;
const ALL_REPLICAS = -1;

/** Sends messages through one idempotent producer; callers that wait together share one request. */
export class Publisher {
  private readonly commits: GroupCommit<Publication>;
  private opened: { readonly client: Client; readonly producer: Promise<Producer> } | undefined;

  constructor(private readonly settings: Settings) {
    this.commits = commitsOf({
      commit: (publications) => reaching(() => this.send(publications)),
      sizeOf: (publication) => publication.bytes,
      maxGroupSize: MAX_REQUEST_BYTES,
      maxWaitingSize: MAX_WAITING_BYTES,
    });
  }

  /** Larger calls go in several requests, one after the other, so that a failure leaves no later message stored before an earlier one. */
  async publish(topic: string, messages: readonly OutgoingMessage[]): Promise<void> {
    for (const publication of pieces(topic, messages)) await this.commits.add(publication);
  }

  async close(): Promise<void> {
    await this.commits.settled();
    await this.drop();
  }

  private async send(publications: readonly Publication[]): Promise<void> {
    this.opened ??= this.open();
    const { producer } = this.opened;
    const byTopic = new Map<string, Message[]>();
    for (const { topic, messages } of publications) byTopic.set(topic, [...(byTopic.get(topic) ?? []), ...messages.map(toMessage)]);
    try {
      const topicMessages = [...byTopic].map(([topic, messages]) => ({ topic, messages }));
      await (await producer).sendBatch({ acks: ALL_REPLICAS, topicMessages });
    } catch (error) {
      // Its sequence numbers may no longer be those that the broker expects.
      await this.drop();
      throw error;
    }
  }

  private open(): { readonly client: Client; readonly producer: Promise<Producer> } {
    const client = createClient(this.settings);
    const connected = async (): Promise<Producer> => {
      const producer = client.kafka.producer({
        idempotent: true,
        allowAutoTopicCreation: false,
        createPartitioner:
          () =>
          ({ message, partitionMetadata }) =>
            partitionOf(String(message.key), partitionMetadata.length),
      });
      await producer.connect();
      return producer;
    };
    return { client, producer: connected() };
  }

  private async drop(): Promise<void> {
    const opened = this.opened;
    this.opened = undefined;
    if (!opened) return;
    await opened.producer.then((producer) => producer.disconnect()).catch(() => undefined);
    opened.client.destroy();
  }
}

function* pieces(topic: string, messages: readonly OutgoingMessage[]): Generator<Publication> {
  let piece: OutgoingMessage[] = [];
  let bytes = 0;
  for (const message of messages) {
    const size = OVERHEAD_BYTES + Buffer.byteLength(message.key) + (message.value === null ? 0 : Buffer.byteLength(message.value));
    if (piece.length > 0 && bytes + size > MAX_REQUEST_BYTES) {
      yield { topic, messages: piece, bytes };
      piece = [];
      bytes = 0;
    }
    piece.push(message);
    bytes += size;
  }
  if (piece.length > 0) yield { topic, messages: piece, bytes };
}

const toMessage = ({ key, value, headers }: OutgoingMessage): Message => ({
  key,
  value,
  ...(headers === undefined ? {} : { headers: { ...headers } }),
});
