import { eventStoreContract } from './contract.js';
import { openEventStoreDb } from './eventstoredb/eventstoredb-event-store.js';

const url = process.env['EVENTSTOREDB_URL'];

if (url) {
  eventStoreContract('EventStoreDB', async () => ({
    open: () => openEventStoreDb({ url }),
    dispose: async () => undefined,
  }));
} else {
  describe('event store on EventStoreDB', () => {
    it.skip('needs EVENTSTOREDB_URL', () => undefined); // There is no server to ask.
  });
}
