import type { Pool, PoolClient } from 'pg';
import type { Position, RecordedEvent } from '@holdfast/event-store';
import type { ChangeSet } from './fold/change-set.js';
import { DEFAULT_FOLD_LIMITS, Fold } from './fold/fold.js';
import type { FoldLimits } from './fold/fold.js';
import type { ChannelRow } from './fold/rows.js';
import { channelAfter, channelEventIn, writeChannel } from './storage/channel-change.js';
import { beginEpoch, moveCheckpoint } from './storage/checkpoint.js';
import type { Checkpoint } from './storage/checkpoint.js';
import { StoredRows } from './storage/stored-rows.js';
import { inTransaction } from './storage/transaction.js';
import { writeRows } from './storage/write-rows.js';
import { checkedSchema } from './schema-name.js';

/** Rows that changed up to a position, ready to be written. */
export interface Turn {
  readonly position: Position;
  /** When the newest event of the turn was recorded, epoch milliseconds; undefined for a turn without events. */
  readonly recordedAt: number | undefined;
  readonly changes: ChangeSet;
}

export interface ProjectionOptions {
  readonly limits?: FoldLimits;
  /** Writes need not be on disk one by one: a later commit, or beginning again, takes care of them. */
  readonly flushAtEnd?: boolean;
}

/**
 * Events into one schema of tables. `add` and `take` may run ahead of `write` by one turn, not more.
 * A channel event needs what came before it to be written, see `changeChannel`.
 * After any error this object is done with; open another, which begins at the checkpoint.
 */
export class Projection {
  private written: Position;

  private constructor(
    private readonly pool: Pool,
    private readonly schema: string,
    private readonly fold: Fold,
    private readonly channels: Map<string, Map<string, ChannelRow>>,
    /** As it was when this one took over. */
    readonly start: Checkpoint,
    private readonly begin: string,
  ) {
    this.written = start.position;
  }

  /** Takes over the tables of a schema: whoever wrote them before is fenced from now on. */
  static async open(pool: Pool, schema: string, options: ProjectionOptions = {}): Promise<Projection> {
    const start = await beginEpoch(pool, checkedSchema(schema));
    const rows = new StoredRows(pool, schema);
    const channels = new Map<string, Map<string, ChannelRow>>();
    for (const channel of await rows.channels()) keepChannel(channels, channel);
    const fold = new Fold(rows, channels, options.limits ?? DEFAULT_FOLD_LIMITS);
    const begin = options.flushAtEnd === true ? 'BEGIN; SET LOCAL synchronous_commit = off' : 'BEGIN';
    return new Projection(pool, schema, fold, channels, start, begin);
  }

  /** Keys whose rows wait to be taken. */
  get waiting(): number {
    return this.fold.waiting;
  }

  /** Folds events, none of them of a channel. */
  async add(events: readonly RecordedEvent[]): Promise<void> {
    await this.fold.add(events);
  }

  take(position: Position, recordedAt: number | undefined): Turn {
    return { position, recordedAt, changes: this.fold.take() };
  }

  /**
   * Writes a turn and the checkpoint in one transaction.
   * @param published events whose messages are known to be on the topics
   * @throws Fenced when another projector or a rebuild has taken over
   */
  async write(turn: Turn, published: Position): Promise<void> {
    await this.commit(turn, published, (client) => writeRows(client, this.schema, turn.changes));
  }

  /** Applies a channel event and what it does to every SKU. Everything before it must be written already. */
  async changeChannel(recorded: RecordedEvent, published: Position): Promise<ChannelRow> {
    const event = channelEventIn(recorded);
    const { tenant } = recorded.metadata;
    const channel = channelAfter(this.channels.get(tenant)?.get(event.channelId), event, recorded);
    await this.commit(recorded, published, (client) => writeChannel(client, this.schema, channel));
    keepChannel(this.channels, channel);
    this.fold.forgetSkus(tenant);
    return channel;
  }

  /** Notes how far the topics are, where no turn follows that would. */
  async notePublished(published: Position): Promise<void> {
    const text = `UPDATE ${this.schema}.checkpoint SET published_position = $1 WHERE id = 1 AND epoch = $2`;
    await this.pool.query(text, [published, this.start.epoch]);
  }

  private async commit(
    to: { readonly position: Position; readonly recordedAt: number | undefined },
    published: Position,
    work: (client: PoolClient) => Promise<void>,
  ): Promise<void> {
    const move = { epoch: this.start.epoch, from: this.written, to: to.position, published, recordedAt: to.recordedAt };
    const write = async (client: PoolClient): Promise<void> => {
      await moveCheckpoint(client, this.schema, move);
      await work(client);
    };
    await inTransaction(this.pool, write, this.begin);
    this.written = to.position;
  }
}

function keepChannel(channels: Map<string, Map<string, ChannelRow>>, channel: ChannelRow): void {
  const known = channels.get(channel.tenant);
  if (known === undefined) channels.set(channel.tenant, new Map([[channel.channelId, channel]]));
  else known.set(channel.channelId, channel);
}
