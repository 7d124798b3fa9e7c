export { accountAddressFaults, accountFaults, missingCredentials, type AccountFields, type FieldFault } from './account-fields.js';
export { MAX_FAULT_LENGTH, MAX_RETRY_AFTER_MS, printable, retryAfter, shortened } from './answers.js';
export { resolvedTargetFault, targetFault, type TargetFault, type TargetPolicy } from './target.js';
export type { VendorAnswer, VendorHttp, VendorRequest } from './vendor-call.js';
export { VendorClient } from './vendor-client.js';
export { signedMessage, type SignedMessage } from './webhooks/signed-message.js';
export { isSigningSecret, newSecret } from './webhooks/signing-secret.js';
export { heard, judge, type Verdict } from './webhooks/verdict.js';
