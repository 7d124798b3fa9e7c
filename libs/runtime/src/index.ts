export type * from './port.js';
export * from './embedded-postgres/index.js';
