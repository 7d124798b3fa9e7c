import { startTestPostgres } from '@holdfast/testing';
import { eventStoreContract } from './contract.js';
import { openPostgresEventStore } from './postgres/postgres-event-store.js';

eventStoreContract('Postgres', async () => {
  const postgres = await startTestPostgres();
  return {
    open: () => openPostgresEventStore({ connectionString: postgres.connectionString }),
    dispose: () => postgres.stop(),
  };
});
