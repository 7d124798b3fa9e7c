import { fileURLToPath } from 'node:url';
import { freePort, startHoldfast, startNode, type RunningHoldfast } from '@holdfast/testing';

const ROOT = fileURLToPath(new URL('../../../..', import.meta.url));
const SQL_SERVER = fileURLToPath(new URL('../sql-server/main.js', import.meta.url));

/** The tenant of the key that `startHoldfast` makes. */
export const HTTP_TENANT = 'demo';

/**
 * A built Holdfast on that Postgres, without a limit on what one caller may ask.
 * @param reservationInstances with it every service is a process of its own, and the reservation service so many
 */
export const startOn = (connectionString: string, reservationInstances?: number): Promise<RunningHoldfast> =>
  startHoldfast({
    root: ROOT,
    env: { DATABASE_URL: connectionString, HOLDFAST_RATE_PER_SECOND: '1000000', HOLDFAST_LOG_LEVEL: 'error' },
    ...(reservationInstances === undefined ? {} : { reservationInstances }),
  });

export interface SqlServer {
  readonly url: string;
  readonly stop: () => Promise<unknown>;
}

/** Bare Fastify with the SQL statement, as a process of its own on that Postgres. */
export async function startSqlServer(connectionString: string): Promise<SqlServer> {
  const port = await freePort();
  const env = { PORT: String(port), DATABASE_URL: connectionString };
  const server = await startNode({ script: SQL_SERVER, env, readyText: 'the SQL shop is ready' });
  return { url: `http://127.0.0.1:${String(port)}`, stop: () => server.stop() };
}
