import type { VendorAnswer } from '../http/vendor-call.js';

/** An error in the form of OData V2 that SAP's gateway gives. */
export const sapError = (status: number, code: string, value: string, headers: Readonly<Record<string, string>> = {}): VendorAnswer => ({
  status,
  headers,
  body: {
    error: {
      code,
      message: { lang: 'en', value },
      innererror: { transactionid: '6A1B0C5D00000000E0069FA1B2C3D4E5', timestamp: '', Error_Resolution: {}, errordetails: [] },
    },
  },
});

/** The page that the server before the gateway answers with. */
export const htmlError = (status: number, title: string, headers: Readonly<Record<string, string>> = {}): VendorAnswer => ({
  status,
  headers: { 'content-type': 'text/html; charset=utf-8', ...headers },
  body: Buffer.from(`<html><head><title>${title}</title></head><body><h1>${String(status)} ${title}</h1></body></html>`),
});

export const seconds = (ms: number): string => String(Math.max(1, Math.ceil(ms / 1_000)));
