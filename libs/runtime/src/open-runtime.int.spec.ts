import pg from 'pg';
import { TOPICS } from '@holdfast/contracts';
import { createLogger, loadConfig } from '@holdfast/platform';
import { startTestPostgres, type TestPostgres } from '@holdfast/testing';
import { inTransaction } from '@holdfast/kit';
import { openRuntime } from './open-runtime.js';

/** Follows connections as pools hand them out: how many nobody listens to in the moment in which they change hands. */
function unheardConnections(): { readonly handedOut: number; readonly unheard: number; stop(): void } {
  const emit = pg.Pool.prototype.emit;
  const seen = { handedOut: 0, unheard: 0 };
  pg.Pool.prototype.emit = function (this: pg.Pool, name: string | symbol, ...given: unknown[]): boolean {
    const [client] = given;
    if (name === 'acquire' && client instanceof pg.Client) {
      seen.handedOut += 1;
      // After the pool has stopped to listen, and before whoever waits for the connection has it.
      queueMicrotask(() => (seen.unheard += client.listenerCount('error') === 0 ? 1 : 0));
    }
    return emit.apply(this, [name, ...given] as Parameters<typeof emit>);
  };
  return {
    get handedOut() {
      return seen.handedOut;
    },
    get unheard() {
      return seen.unheard;
    },
    stop: () => (pg.Pool.prototype.emit = emit),
  };
}

describe('a process on Postgres', () => {
  let postgres: TestPostgres;
  beforeAll(async () => (postgres = await startTestPostgres()));
  afterAll(() => postgres.stop());

  it('outlives a connection that breaks between two queries, whichever pool it is of', async () => {
    const connections = unheardConnections();
    const config = loadConfig({ DATABASE_URL: postgres.connectionString, HOLDFAST_LOG_LEVEL: 'silent' });
    const runtime = await openRuntime(config, { name: 'test', embedded: true, logger: createLogger(config, 'test') });
    try {
      const { bus, database, eventStore, ledger } = runtime;
      const source = await database.open({ name: 'own', entities: [], migrations: [] });
      await source.transaction((manager) => manager.query('select 1'));
      await inTransaction(database.pool, (client) => client.query('select 1'));
      await ledger.read({ tenant: 'acme', sku: 'TEE' });
      const metadata = { tenant: 'acme', at: 1, commandId: 'c1' };
      await eventStore.append('a-1', -1, [{ id: crypto.randomUUID(), type: 'Noted.v1', data: {}, metadata }]);
      await bus.publish(TOPICS.atp.name, [{ key: 'acme|TEE', value: '{}' }]);
      expect(connections.handedOut).toBeGreaterThan(10);
      expect(connections.unheard).toBe(0);

      // As the pool of a service sees it when the server ends in that moment.
      const client = await database.pool.connect();
      expect(client.emit('error', new Error('terminating connection due to unexpected postmaster exit'))).toBe(true);
      client.release(true);
    } finally {
      connections.stop();
      await runtime.stop();
    }
  });
});
