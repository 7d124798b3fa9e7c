import type { Pool, PoolClient } from 'pg';
import type { Bus } from '@holdfast/messaging';
import { withConnection } from '@holdfast/kit';
import type { Parcel } from './outbox.js';

const BATCH = 500;
const POLL_MS = 500;

const LOOK = 'SELECT 1 FROM workflow.outbox LIMIT 1';

/** One publisher at a time among all processes, so that messages of a key keep their order. The lock is the connection's: no transaction is open. */
const KEY = `hashtextextended('holdfast workflow outbox', 0)`;
const TAKE_TURN = `SELECT pg_try_advisory_lock(${KEY}) AS mine`;
const END_TURN = `SELECT pg_advisory_unlock(${KEY})`;

/**
 * Moves messages from the outbox to the bus. Where the process ends between publishing and forgetting, a message comes twice
 * under the same id, as any message on a topic may.
 */
export class OutboxPublisher {
  private stopped = false;
  private woken = false;
  private wake: () => void = () => undefined;
  private loop: Promise<void> = Promise.resolve();

  constructor(
    private readonly pool: Pool,
    private readonly bus: Bus,
    private readonly onFault: (error: unknown) => void,
  ) {}

  start(): void {
    this.loop = this.run();
  }

  nudge(): void {
    this.woken = true;
    this.wake();
  }

  async stop(): Promise<void> {
    this.stopped = true;
    this.wake();
    await this.loop;
  }

  private async run(): Promise<void> {
    while (!this.stopped) {
      this.woken = false;
      const full = await this.publishBatch().catch((error: unknown) => {
        this.onFault(error);
        this.woken = false;
        return false;
      });
      if (!full && !this.woken) await this.rest();
    }
  }

  /** @returns whether there may be more */
  private async publishBatch(): Promise<boolean> {
    // Most often there is nothing: one look then, rather than a transaction.
    const { rowCount: waiting } = await this.pool.query(LOOK);
    if (waiting === 0) return false;
    return withConnection(this.pool, async (client) => {
      const turn = await client.query<{ mine: boolean }>(TAKE_TURN);
      if (turn.rows[0]?.mine !== true) return false;
      const mayBeMore = await this.publishFrom(client);
      await client.query(END_TURN);
      return mayBeMore;
    });
  }

  private async publishFrom(client: PoolClient): Promise<boolean> {
    const { rows } = await client.query<Parcel & { id: string }>(
      `SELECT id, topic, key, value FROM workflow.outbox ORDER BY id LIMIT ${BATCH}`,
    );
    for (const topic of new Set(rows.map((row) => row.topic))) {
      const messages = rows.filter((row) => row.topic === topic).map(({ key, value }) => ({ key, value }));
      await this.bus.publish(topic, messages);
    }
    if (rows.length > 0) await client.query('DELETE FROM workflow.outbox WHERE id = ANY ($1)', [rows.map(({ id }) => id)]);
    return rows.length === BATCH;
  }

  private rest(): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, POLL_MS);
      this.wake = () => {
        clearTimeout(timer);
        resolve();
      };
      if (this.stopped) this.wake();
    });
  }
}
