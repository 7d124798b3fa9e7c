export * from './port.js';
export * from './limits.js';
export * from './codec.js';
export { passes } from './filter.js';
export { MemoryEventStore } from './memory/memory-event-store.js';
export type { MemoryEventStoreOptions } from './memory/memory-event-store.js';
export { MemoryLog } from './memory/memory-log.js';
export { openPostgresEventStore } from './postgres/postgres-event-store.js';
export type { PostgresEventStoreOptions } from './postgres/postgres-event-store.js';
