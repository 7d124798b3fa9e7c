import type { VendorAnswer } from '../http/vendor-call.js';

/** An error in the form of TOTVS' `ErrorModel`. */
export const totvsError = (
  status: number,
  code: string,
  message: string,
  headers: Readonly<Record<string, string>> = {},
): VendorAnswer => ({ status, headers, body: { code, message, detailedMessage: message } });
