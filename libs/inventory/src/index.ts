export * from './decision.js';
export type * from './sku/events.js';
export type * from './sku/commands.js';
