import type { EventStore } from '../port.js';
import type { EventStoreDbOptions } from './eventstoredb-event-store.js';

/**
 * Opens the event store on EventStoreDB. Its client is loaded only now: gRPC and all, it is a tenth of what a process would load to start.
 * @throws EventStoreUnavailable when the server cannot be reached
 */
export async function openEventStoreDb(options: EventStoreDbOptions): Promise<EventStore> {
  const adapter = await import('./eventstoredb-event-store.js');
  return adapter.openEventStoreDb(options);
}
