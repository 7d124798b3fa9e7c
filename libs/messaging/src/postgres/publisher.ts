import type pg from 'pg';
import { hasHeaders } from '../headers.js';
import { partitionOf } from '../partitioning/partition-of.js';
import type { OutgoingMessage } from '../port.js';
import { type GroupCommit, int4Array, textArray } from '@holdfast/kit';
import { commitsOf } from '../publishing/commits.js';
import { reaching } from './faults.js';
import type { Head } from './topics.js';

interface Publication {
  readonly heads: readonly Head[];
  readonly messages: readonly OutgoingMessage[];
}

/** Messages of one partition, in order. */
interface Placed {
  readonly head: Head;
  readonly messages: OutgoingMessage[];
}

const MAX_MESSAGES_PER_COMMIT = 5_000;
const MAX_WAITING_MESSAGES = 200_000;

const PUBLISH = {
  name: 'bus_publish',
  text: 'select bus.publish($1::int4[], $2::int4[], $3::text[], $4::text[], $5::text[], $6::int4) as ends',
};

/** Writes messages to the log; callers that wait together share one commit. */
export class Publisher {
  private readonly commits: GroupCommit<Publication>;

  constructor(
    private readonly pool: pg.Pool,
    /** The server process of this bus's session, 0 for none. */
    private readonly ownSession: () => number,
    /** Called for each partition to which a commit has added messages. @param at epoch milliseconds of the messages */
    private readonly onStored: (head: Head, end: number, at: number, messages: readonly OutgoingMessage[]) => void,
  ) {
    this.commits = commitsOf({
      commit: (publications) => this.store(publications),
      sizeOf: (publication) => publication.messages.length,
      maxGroupSize: MAX_MESSAGES_PER_COMMIT,
      maxWaitingSize: MAX_WAITING_MESSAGES,
    });
  }

  /** All messages of a call are stored by one commit, or none. */
  publish(heads: readonly Head[], messages: readonly OutgoingMessage[]): Promise<void> {
    return this.commits.add({ heads, messages });
  }

  settled(): Promise<void> {
    return this.commits.settled();
  }

  private async store(publications: readonly Publication[]): Promise<void> {
    const byHead = new Map<number, Placed>();
    for (const { heads, messages } of publications) for (const message of messages) place(byHead, heads, message);
    const placed = [...byHead.values()].sort((one, other) => one.head.id - other.head.id);
    const ordered = placed.flatMap(({ messages }) => messages);
    const withHeaders = ordered.some((message) => hasHeaders(message));
    const values = [
      int4Array(placed.map(({ head }) => head.id)),
      int4Array(placed.map(({ messages }) => messages.length)),
      textArray(ordered.map((message) => message.key)),
      textArray(ordered.map((message) => message.value)),
      withHeaders ? textArray(ordered.map((message) => (hasHeaders(message) ? JSON.stringify(message.headers) : null))) : null,
      this.ownSession(),
    ];
    const { rows } = await reaching(() => this.pool.query<{ ends: string }>({ ...PUBLISH, values }));
    for (const stored of (rows[0]?.ends ?? '').split(',')) {
      const [id, end, at] = stored.split(':').map(Number);
      const found = id === undefined ? undefined : byHead.get(id);
      if (found && end !== undefined && at !== undefined) this.onStored(found.head, end, at, found.messages);
    }
  }
}

function place(byHead: Map<number, Placed>, heads: readonly Head[], message: OutgoingMessage): void {
  const head = heads[partitionOf(message.key, heads.length)];
  if (!head) throw new Error('A topic without partitions.');
  const placed = byHead.get(head.id);
  if (placed) placed.messages.push(message);
  else byHead.set(head.id, { head, messages: [message] });
}
