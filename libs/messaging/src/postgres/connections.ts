import { serverProcessesOf } from '@holdfast/kit';
import pg from 'pg';
import type { Settings } from './options.js';

const CONNECT_TIMEOUT_MS = 5_000;
const QUERY_TIMEOUT_MS = 30_000;

/** Connections of one bus. */
export interface Connections {
  /** Whether a server process serves `durable`: this process itself published what such a connection notifies of. */
  readonly isOwn: (serverProcess: number) => boolean;
  /** For what must be on disk before it is acknowledged. */
  readonly durable: pg.Pool;
  /**
   * For reading and for offsets. A crash of the server may lose these writes: offsets then are older than the effects, so messages come
   * twice.
   */
  readonly quick: pg.Pool;
}

export function openConnections(settings: Settings): Connections {
  const pool = (max: number, options?: string): pg.Pool => {
    const made = new pg.Pool({
      ...clientConfig(settings),
      max,
      query_timeout: QUERY_TIMEOUT_MS,
      ...(options === undefined ? {} : { options }),
    });
    // The pool replaces a broken connection, and its query gets the error. Without error listeners, also on connections in use between two
    // queries, the break would end the process.
    made.on('error', () => undefined);
    made.on('connect', (client) => client.on('error', () => undefined));
    return made;
  };
  const durable = pool(2);
  return { durable, isOwn: serverProcessesOf(durable), quick: pool(settings.maxConnections, '-c synchronous_commit=off') };
}

export const clientConfig = (settings: Settings): pg.ClientConfig => ({
  connectionString: settings.connectionString,
  connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
  keepAlive: true,
  application_name: 'holdfast bus',
});
