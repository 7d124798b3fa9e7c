import pg from 'pg';
import { isConnectionLost } from '../delivery/transient.js';
import { GrowingPause, pause, serverProcessOf } from '@holdfast/kit';
import { BusUnavailable } from '../port.js';
import { clientConfig, type Connections } from './connections.js';
import type { HeadWatch } from './reading/head-watch.js';
import type { Settings } from './options.js';
import { MEMBER_LOCK_CLASS } from './schema/groups.js';

export interface Joined {
  readonly member: number;
  readonly group: number;
}

/** Events that the session reports to a member of a group. */
export interface GroupListener {
  readonly group: number;
  readonly member: number;
  /** Members joined, left, or released partitions; or the connection was lost, so changes are unknown. */
  onChange(): void;
}

/** The one permanent connection of a bus: it receives notifications and holds the locks that show its members to be alive. */
export class Session {
  private client: pg.Client | undefined;
  private connecting: Promise<pg.Client> | undefined;
  /** Settles with the last query: a connection runs one at a time. */
  private lastQuery: Promise<unknown> = Promise.resolve();
  private readonly listeners = new Set<GroupListener>();
  private readonly closing = new AbortController();
  private readonly loops: Promise<void>[] = [];

  constructor(
    private readonly settings: Settings,
    private readonly connections: Connections,
    private readonly watch: HeadWatch,
  ) {}

  /** Connects at the first call; from then on it reconnects by itself. @throws the error of `pg` when the server is unavailable */
  async start(): Promise<void> {
    await this.connected();
    if (this.loops.length === 0) this.loops.push(this.keepConnected(), this.poll());
  }

  /** The server process of its connection; 0 while it is not connected. */
  get serverProcess(): number {
    return this.client === undefined ? 0 : serverProcessOf(this.client);
  }

  async join(group: string, topics: readonly string[], latest: boolean): Promise<Joined> {
    const sql = 'select member, group_id as "group" from bus.join_group($1, $2, $3, $4)';
    const { rows } = await this.query<Joined>(sql, [group, topics, latest, this.settings.leaseMs]);
    if (!rows[0]) throw new Error('Joining a group answered nothing.');
    return rows[0];
  }

  async leave(member: number): Promise<void> {
    await this.query('select bus.leave_group($1)', [member]);
    await this.query('select pg_advisory_unlock($1, $2)', [MEMBER_LOCK_CLASS, member]);
  }

  listen(listener: GroupListener): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  async close(): Promise<void> {
    this.closing.abort();
    await Promise.all(this.loops);
    const { client } = this;
    this.client = undefined;
    await client?.query('delete from bus.sessions where pid = pg_backend_pid()').catch(() => undefined);
    await client?.end().catch(() => undefined);
  }

  private query<Row extends pg.QueryResultRow>(sql: string, values: readonly unknown[]): Promise<pg.QueryResult<Row>> {
    const answer = this.lastQuery.then(() => this.queryNow<Row>(sql, values));
    this.lastQuery = answer.catch(() => undefined);
    return answer;
  }

  private async queryNow<Row extends pg.QueryResultRow>(sql: string, values: readonly unknown[]): Promise<pg.QueryResult<Row>> {
    const client = await this.connected();
    try {
      return await client.query<Row>(sql, [...values]);
    } catch (error) {
      // A connection that does not answer in time counts as lost.
      if (isConnectionLost(error)) void client.end().catch(() => undefined);
      throw error;
    }
  }

  private async connected(): Promise<pg.Client> {
    if (this.client) return this.client;
    this.connecting ??= this.connect().finally(() => {
      this.connecting = undefined;
    });
    return this.connecting;
  }

  private async connect(): Promise<pg.Client> {
    if (this.closing.signal.aborted) throw new BusUnavailable('The bus is closed.');
    const client = new pg.Client({
      ...clientConfig(this.settings),
      application_name: 'holdfast bus session',
      query_timeout: this.settings.leaseMs,
    });
    const lost = (): void => {
      if (this.client === client) this.client = undefined;
    };
    client.on('error', lost);
    client.on('end', lost);
    client.on('notification', ({ channel, payload, processId }) => {
      // The publisher reports its own messages, when they can be read from memory.
      if (channel === 'bus_log' && this.connections.isOwn(processId)) return;
      this.hear(channel, payload ?? '');
    });
    try {
      await client.connect();
      await client.query('listen bus_log; listen bus_group');
      await client.query('select bus.register_session()');
      await this.catchUp(client);
    } catch (error) {
      await client.end().catch(() => undefined);
      throw error;
    }
    this.client = client;
    return client;
  }

  /**
   * The old connection's locks are released, and notifications in between are lost. A member that counts as dead finds out at its next
   * renewal.
   */
  private async catchUp(client: pg.Client): Promise<void> {
    for (const { member } of this.listeners) await client.query('select pg_try_advisory_lock($1, $2)', [MEMBER_LOCK_CLASS, member]);
    for (const listener of this.listeners) listener.onChange();
    await this.look();
  }

  private hear(channel: string, payload: string): void {
    if (channel === 'bus_group') {
      for (const listener of this.listeners) if (listener.group === Number(payload)) listener.onChange();
    } else if (payload === '') void this.look().catch((error: unknown) => this.settings.onFault(error));
    else this.watch.tell(payload);
  }

  private async keepConnected(): Promise<void> {
    const growing = new GrowingPause(100, 1_000);
    while (!this.closing.signal.aborted) {
      try {
        await this.connected();
        growing.reset();
        await pause(250, this.closing.signal);
      } catch (error) {
        this.settings.onFault(error);
        await growing.wait(this.closing.signal);
      }
    }
  }

  private async poll(): Promise<void> {
    while (!this.closing.signal.aborted) {
      await pause(this.settings.pollMs, this.closing.signal);
      if (this.client) await this.look().catch((error: unknown) => this.settings.onFault(error));
    }
  }

  private async look(): Promise<void> {
    const heads = this.watch.heads;
    if (heads.length === 0 || this.closing.signal.aborted) return;
    const sql = 'select id, next_seq from bus.heads where id = any($1::int4[])';
    const { rows } = await this.connections.quick.query<{ id: number; next_seq: string }>(sql, [heads]);
    for (const row of rows) this.watch.raise(row.id, Number(row.next_seq));
  }
}
