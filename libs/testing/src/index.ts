export * from './api.js';
export * from './fault-proxy.js';
export * from './free-port.js';
export * from './holdfast.js';
export * from './http-client.js';
export * from './node-process.js';
export * from './openapi-faults.js';
export type { ServiceProcess } from './service-processes.js';
export * from './test-postgres.js';
