import 'reflect-metadata';

export { channelConnector, channelConnectorService } from './service.js';
export { ChannelConnectorModule } from './channel-connector.module.js';
export { createWebhookReceiver, type WebhookReceiver, type WebhookReceiverOptions } from './receiver/webhook-receiver.js';
export type { InventoryUpdated, ListingUpdate } from './providers/webhook/webhook-message.js';
export { DEFAULT_TIMINGS, type DeliveryTimings } from './delivery/timings.js';

// What the simulator puts together anew: the delivery over ports of its own.
export { Accounts, type AccountTools, type OpenAccount, type SharedAccount } from './accounts/open-account.js';
export { memoryLimits, MemoryShared } from './accounts/memory-shared.js';
export type { ChannelRef } from './accounts/channel-ref.js';
export { sealedCredentials } from './accounts/stored-account.js';
export type { TokenTable } from './accounts/token-table.js';
export type { LimitState } from './budget/limit-state.js';
export type { LimitStates } from './budget/limit-states.js';
export { startDelivery, type Delivery, type DeliveryOptions } from './delivery/delivery.js';
export { figureToSend } from './delivery/figure-to-send.js';
export type { SettledListing } from './delivery/settled.js';
export type { DeliveryStore, DueListing, HeldChannel } from './delivery/store/delivery-store.js';
export { MemoryChannels } from './delivery/store/memory/memory-channels.js';
export { memoryStore } from './delivery/store/memory/memory-store.js';
export type { ListingRow } from './delivery/store/memory/rows.js';
export type { DesiredFigure } from './mappings/desired-figures.js';
export { callWithToken } from './providers/call-with-token.js';
export type { Figure } from './providers/figures.js';
export type { Account, Provider, ProviderAccount } from './providers/provider.js';
export type { ReadResult } from './providers/read.js';
export { PROVIDERS, providersByName } from './providers/registry.js';
export { shopifyProvider } from './providers/shopify/provider.js';
export type { ProviderTools } from './providers/tools.js';
export type { AccountVerdict, ListingWrite, Outcome, PendingWrite, WriteResult } from './providers/write.js';
export { actionOn } from './reconcile/action-on.js';
export { seenIn } from './reconcile/confirm-shown.js';
export type { DriftClass } from './reconcile/classify.js';
export type { MappedListing } from './reconcile/mapped-listings.js';
export { driftBetween } from './reconcile/treating.js';
