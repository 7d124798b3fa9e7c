import 'reflect-metadata';

export { channelConnector, channelConnectorService } from './service.js';
export { createWebhookReceiver, type WebhookReceiver, type WebhookReceiverOptions } from './receiver/webhook-receiver.js';
export type { InventoryUpdated, ListingUpdate } from './providers/webhook/webhook-message.js';
export { DEFAULT_TIMINGS, type DeliveryTimings } from './delivery/timings.js';
