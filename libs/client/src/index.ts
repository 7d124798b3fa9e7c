export type { BulkOptions, LineResult, StockLine } from './bulk/bulk-lines.js';
export { Holdfast, type StreamOptions } from './holdfast.js';
export type { Attempt, HoldfastOptions, Listeners } from './options.js';
export type { Outcome } from './outcome.js';
export type { Pages } from './pages/pages.js';
export type { Answer, Call, CallOptions } from './requests/call.js';
export { ApiError, ConnectionError, HoldfastError, TimeoutError, type Detail, type FailedCall } from './requests/errors.js';
export { newIdempotencyKey } from './requests/idempotency-key.js';
export type { Sku } from './sku/sku.js';
export type { Change, ChangeTopic } from './stream/changes.js';
export type { Followed, View } from './stream/follow-view.js';
export { ResumeLost } from './stream/open-stream.js';
export type { FollowOptions, ServerSentEvent } from './stream/server-sent-events.js';
export type { BodyOf, FileBody, ItemOf, OperationId, QueryOf, ValueOf } from './types.js';
export type { components } from './generated/openapi.js';
export type { Codes, Resources } from './generated/resources.js';
export {
  signWebhook,
  verifyWebhook,
  WebhookError,
  type AlertRaised,
  type InventoryUpdated,
  type ListingUpdate,
  type WebhookEvent,
  type WebhookFault,
  type WebhookHeaders,
  type WebhookToVerify,
} from './webhooks/webhooks.js';
