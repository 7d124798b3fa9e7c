import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';

const POLL_MS = 250;
const LOCK = `hashtextextended('holdfast projection into ' || $1, 0)`;

/** The right to be the one projector of a schema. */
export interface Lead {
  /** Aborted when the connection that holds the lock is gone. */
  readonly lost: AbortSignal;
  release(): Promise<void>;
}

/**
 * Waits until no other process projects into the schema. The lock belongs to a connection of its own, so Postgres passes it on when
 * this process dies; a holder that does not know yet that it lost the lock is kept out by the checkpoint's epoch.
 */
export async function takeLead(connectionString: string, schema: string, signal: AbortSignal): Promise<Lead> {
  const client = new pg.Client({ connectionString, keepAlive: true, connectionTimeoutMillis: 5_000 });
  const lost = new AbortController();
  const lose = (): void => lost.abort(new Error('the connection that holds the projection lock broke'));
  client.on('error', lose);
  client.on('end', lose);
  try {
    await client.connect();
    while (!(await tryLock(client, schema))) await sleep(POLL_MS, undefined, { signal });
  } catch (error) {
    await client.end();
    throw error;
  }
  return { lost: lost.signal, release: () => client.end() };
}

async function tryLock(client: pg.Client, schema: string): Promise<boolean> {
  const { rows } = await client.query<{ locked: boolean }>(`SELECT pg_try_advisory_lock(${LOCK}) AS locked`, [schema]);
  return rows[0]?.locked === true;
}
