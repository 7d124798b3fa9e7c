import type { Pool, PoolClient } from 'pg';
import type { Position, RecordedEvent } from '@holdfast/event-store';
import type { ChangeSet } from './fold/change-set.js';
import { DEFAULT_FOLD_LIMITS, Fold } from './fold/fold.js';
import type { FoldLimits } from './fold/fold.js';
import type { ChannelRow, LocationRow } from './fold/rows.js';
import { changesServing, isChannelEvent } from './fold/streams.js';
import { channelAfter, writeChannel } from './storage/channel-change.js';
import { beginEpoch, moveCheckpoint } from './storage/checkpoint.js';
import type { Checkpoint, CheckpointMove } from './storage/checkpoint.js';
import { writeServing } from './storage/serving-change.js';
import { FoldSource } from './storage/fold-source.js';
import type { StreamReader } from './storage/sku-history.js';
import { SetAsideStreams } from './set-aside/set-aside-streams.js';
import { inTransaction, takenBack } from '@holdfast/kit';
import { writeTurn } from './storage/write-rows.js';
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
  /** Writes need not be flushed to disk one by one: a later commit does it, or the work starts again. */
  readonly flushAtEnd?: boolean;
}

const WITHOUT_FLUSH = 'BEGIN; SET LOCAL synchronous_commit = off';

/**
 * Projects events into one schema of tables. `add` and `take` may run ahead of `write` by one turn, not more. A channel event needs
 * everything before it to be written, see `changeChannel`. Events of streams that are set aside change no row. After any error this object
 * cannot be used; open another, which begins at the checkpoint.
 */
export class Projection {
  private written: Position;

  private constructor(
    private readonly pool: Pool,
    private readonly schema: string,
    private readonly fold: Fold,
    private readonly channels: Map<string, Map<string, ChannelRow>>,
    /** The checkpoint when this projector took over. */
    readonly start: Checkpoint,
    readonly setAside: SetAsideStreams,
    private readonly flushAtEnd: boolean,
  ) {
    this.written = start.position;
  }

  /** Takes over the tables of a schema: the previous writer is fenced from now on. @param eventStore log that the events come from */
  static async open(pool: Pool, schema: string, eventStore: StreamReader, options: ProjectionOptions = {}): Promise<Projection> {
    const start = await beginEpoch(pool, checkedSchema(schema));
    const setAside = await SetAsideStreams.read(pool, schema);
    const rows = new FoldSource(pool, schema, eventStore);
    const channels = new Map<string, Map<string, ChannelRow>>();
    for (const channel of await rows.channels()) keepChannel(channels, channel);
    const fold = new Fold(rows, channels, options.limits ?? DEFAULT_FOLD_LIMITS);
    return new Projection(pool, schema, fold, channels, start, setAside, options.flushAtEnd === true);
  }

  /** Number of keys with rows for the next `take`. */
  get waiting(): number {
    return this.fold.waiting;
  }

  /** Folds events, none of them of a channel. @throws Unprojectable, and database errors of reading rows */
  async add(events: readonly RecordedEvent[]): Promise<void> {
    await this.fold.add(this.setAside.without(events));
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
    const move = this.moveTo(turn, published);
    if (this.flushAtEnd) await inTransaction(this.pool, (client) => writeTurn(client, this.schema, turn.changes, move), WITHOUT_FLUSH);
    else await writeTurn(this.pool, this.schema, turn.changes, move);
    this.written = turn.position;
  }

  /** The event for `changeChannel` if the turn is a channel event; undefined otherwise. */
  channelEventOf([first]: readonly RecordedEvent[]): RecordedEvent | undefined {
    return first !== undefined && isChannelEvent(first) && !this.setAside.has(first) ? first : undefined;
  }

  /** The event for `changeServing` if the turn is one that may change that nothing of a location may leave. */
  servingEventOf([first]: readonly RecordedEvent[]): RecordedEvent | undefined {
    return first !== undefined && changesServing(first) && !this.setAside.has(first) ? first : undefined;
  }

  /** Applies an event of a location and its effect on every SKU there. Everything before it must be written already. */
  async changeServing(recorded: RecordedEvent, published: Position): Promise<LocationRow> {
    await this.fold.add([recorded]);
    const turn = this.take(recorded.position, recorded.recordedAt);
    const location = await inTransaction(this.pool, (client) => this.writeServingTurn(client, turn, published));
    this.written = recorded.position;
    this.fold.forgetSkus(location.tenant);
    return location;
  }

  /** Applies a channel event and its effect on every SKU. Everything before it must be written already. */
  async changeChannel(recorded: RecordedEvent, published: Position): Promise<ChannelRow> {
    const channel = await inTransaction(this.pool, (client) => this.writeChannelEvent(client, recorded, published));
    this.written = recorded.position;
    keepChannel(this.channels, channel);
    this.fold.forgetSkus(channel.tenant);
    return channel;
  }

  /** Projects the events of one turn and rolls it back. @throws what projecting them throws */
  async rehearse(events: readonly RecordedEvent[]): Promise<void> {
    const last = events.at(-1);
    if (last === undefined) return;
    const channelEvent = this.channelEventOf(events);
    const servingEvent = this.servingEventOf(events);
    if (channelEvent === undefined) await this.add(events);
    await takenBack(this.pool, async (client) => {
      if (channelEvent !== undefined) await this.writeChannelEvent(client, channelEvent, this.written);
      else if (servingEvent !== undefined) await this.writeServingTurn(client, this.take(last.position, last.recordedAt), this.written);
      else await writeTurn(client, this.schema, this.fold.take(), this.moveTo(last, this.written));
    });
  }

  /** Stores how far messages are published, if no later turn does so. */
  async notePublished(published: Position): Promise<void> {
    const text = `UPDATE ${this.schema}.checkpoint SET published_position = $1 WHERE id = 1 AND epoch = $2`;
    await this.pool.query(text, [published, this.start.epoch]);
  }

  private async writeServingTurn(client: PoolClient, turn: Turn, published: Position): Promise<LocationRow> {
    const [location] = turn.changes.locations;
    if (location === undefined) throw new Error('an event of a location changed no location');
    await writeTurn(client, this.schema, turn.changes, this.moveTo(turn, published));
    await writeServing(client, this.schema, location, this.channels.get(location.tenant)?.values() ?? []);
    return location;
  }

  private async writeChannelEvent(client: PoolClient, recorded: RecordedEvent, published: Position): Promise<ChannelRow> {
    const known = this.channels.get(recorded.metadata.tenant);
    const channel = channelAfter((channelId) => known?.get(channelId), recorded);
    await moveCheckpoint(client, this.schema, this.moveTo(recorded, published));
    await writeChannel(client, this.schema, channel);
    return channel;
  }

  private moveTo(to: Pick<Turn, 'position' | 'recordedAt'>, published: Position): CheckpointMove {
    return { epoch: this.start.epoch, from: this.written, to: to.position, published, recordedAt: to.recordedAt };
  }
}

function keepChannel(channels: Map<string, Map<string, ChannelRow>>, channel: ChannelRow): void {
  const known = channels.get(channel.tenant);
  if (known === undefined) channels.set(channel.tenant, new Map([[channel.channelId, channel]]));
  else known.set(channel.channelId, channel);
}
