import type { Pool } from 'pg';

/** The server's process behind a connection, which the types of `pg` do not know of; 0 before it is connected. */
export const serverProcessOf = (client: object): number => ('processID' in client ? Number(client.processID) : 0);

/** Follows the connections of a pool that has none yet. @returns whether a process of the server serves one of them */
export function serverProcessesOf(pool: Pool): (serverProcess: number) => boolean {
  const processes = new Set<number>();
  pool.on('connect', (client) => processes.add(serverProcessOf(client)));
  pool.on('remove', (client) => processes.delete(serverProcessOf(client)));
  return (serverProcess) => processes.has(serverProcess);
}
