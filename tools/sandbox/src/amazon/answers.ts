import type { VendorAnswer } from '../http/vendor-call.js';

/** A refusal in the form that every operation of the Selling Partner API uses. */
export const refusal = (status: number, code: string, message: string, details = ''): VendorAnswer => ({
  status,
  body: { errors: [{ code, message, details }] },
});

export const invalidInput = (message: string): VendorAnswer => refusal(400, 'InvalidInput', message);

export const notFound = (message: string): VendorAnswer => refusal(404, 'NOT_FOUND', message);

export const quotaExceeded = (): VendorAnswer => ({
  ...refusal(429, 'QuotaExceeded', 'You exceeded your quota for the requested resource.'),
  throttled: true,
});
