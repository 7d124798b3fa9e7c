import { eventStoreContract } from './contract.js';
import { MemoryEventStore } from './memory/memory-event-store.js';
import { MemoryLog } from './memory/memory-log.js';

eventStoreContract('memory', async () => {
  const log = new MemoryLog();
  return { open: async () => new MemoryEventStore({ log }), dispose: async () => undefined };
});
