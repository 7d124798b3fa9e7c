export * from './envelope.js';
export * from './messages.js';
export * from './topics.js';
export * from './routes.js';
export { instantOf } from './validation/instant.js';
export { checkErpMessage, parseErpMessage, type ErpMessageRefusal, type ParsedErpMessage } from './validation/erp-message.js';
export type { Fault } from './validation/validator.js';
