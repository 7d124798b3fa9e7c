import type { VendorAnswer } from '../http/vendor-call.js';

export interface EbayError {
  readonly errorId: number;
  readonly domain: string;
  readonly category: 'REQUEST' | 'APPLICATION' | 'SYSTEM';
  readonly message: string;
  readonly longMessage?: string;
}

const inventory = (errorId: number, message: string): EbayError => ({
  errorId,
  domain: 'API_INVENTORY',
  category: 'REQUEST',
  message,
  longMessage: message,
});

export const userError = (info: string): EbayError => inventory(25002, `A user error has occurred. ${info}`);
export const invalidQuantity = (info: string): EbayError =>
  inventory(25004, `The eBay listing associated with the inventory item has an invalid quantity. ${info}`);
export const skuNotFound = (sku: string): EbayError => inventory(25702, `${sku} could not be found or is not available in the system.`);
export const invalidPaging = (info: string): EbayError => inventory(25706, `You have provided invalid pagination values. ${info}.`);
export const invalidValue = (field: string, info = ''): EbayError => inventory(25709, `Invalid value for ${field}. ${info}`.trim());
export const offerNotFound = (offerId: string): EbayError => inventory(25713, `This Offer is not available : ${offerId}.`);
export const systemError = (): EbayError => ({ ...inventory(25001, 'A system error has occurred.'), category: 'APPLICATION' });

export const refused = (status: number, error: EbayError): VendorAnswer => ({ status, body: { errors: [error] } });

export const invalidToken = (): VendorAnswer =>
  refused(401, {
    errorId: 1001,
    domain: 'OAuth',
    category: 'REQUEST',
    message: 'Invalid access token',
    longMessage: 'Invalid access token. Check the value of the Authorization HTTP request header.',
  });

export const insufficientScope = (): VendorAnswer =>
  refused(403, {
    errorId: 1100,
    domain: 'ACCESS',
    category: 'REQUEST',
    message: 'Access denied',
    longMessage: 'Insufficient permissions to fulfill the request.',
  });

export const tooManyCalls = (retryAfterMs?: number): VendorAnswer => ({
  ...refused(429, {
    errorId: 2001,
    domain: 'ACCESS',
    category: 'REQUEST',
    message: 'Too many requests.',
    longMessage: 'The request limit has been reached for the resource.',
  }),
  throttled: true,
  ...(retryAfterMs === undefined ? {} : { headers: { 'retry-after': String(Math.ceil(retryAfterMs / 1_000)) } }),
});
