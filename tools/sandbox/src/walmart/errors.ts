import type { VendorAnswer } from '../http/vendor-call.js';

interface WalmartError {
  readonly code: string;
  readonly field?: string;
  readonly description: string;
  readonly info?: string;
  readonly severity: 'ERROR';
  readonly category: 'APPLICATION' | 'SYSTEM' | 'REQUEST' | 'DATA';
}

const error = (code: string, description: string, category: WalmartError['category'], field?: string): WalmartError => ({
  code,
  ...(field === undefined ? {} : { field }),
  description,
  severity: 'ERROR',
  category,
});

/** Errors of the gateway stand under `error`, those of the services behind it under `errors`. */
const gateway = (status: number, one: WalmartError): VendorAnswer => ({ status, body: { error: [one] } });
const service = (status: number, one: WalmartError): VendorAnswer => ({ status, body: { errors: [one] } });

export const unauthorized = (): VendorAnswer =>
  gateway(401, error('UNAUTHORIZED.GMP_GATEWAY_API', 'Unauthorized token or incorrect authorization header.', 'DATA'));

export const missingHeader = (name: string): VendorAnswer =>
  gateway(400, error('INVALID_REQUEST_HEADER.GMP_GATEWAY_API', `${name} header is missing or invalid.`, 'DATA', name));

export const tooManyCalls = (headers: Readonly<Record<string, string>>): VendorAnswer => ({
  ...gateway(429, error('REQUEST_THRESHOLD_VIOLATED.GMP_GATEWAY_API', 'The request limit of this API is used up.', 'DATA')),
  headers,
  throttled: true,
});

export const invalid = (field: string, description: string): VendorAnswer =>
  service(400, error('INVALID_REQUEST_CONTENT.GMP_INVENTORY_API', description, 'DATA', field));

export const notFound = (what: string): VendorAnswer =>
  service(404, error('CONTENT_NOT_FOUND.GMP_INVENTORY_API', `${what} is not found.`, 'DATA', 'data'));

export const locked = (sku: string): VendorAnswer =>
  service(423, error('RESOURCE_IS_LOCKED.GMP_RECEIVER_API', `${sku} is being changed, try again later.`, 'APPLICATION'));

export const tooLarge = (): VendorAnswer =>
  gateway(413, error('REQUEST_ENTITY_TOO_LARGE.GMP_GATEWAY_API', 'The file is larger than this feed takes.', 'REQUEST'));

export const systemError = (status: number): VendorAnswer =>
  service(
    status,
    status === 504
      ? error('DOWNSTREAM_SYSTEM_TIME_OUT.GMP_INVENTORY_API', 'A service behind did not answer in time.', 'SYSTEM')
      : error('SYSTEM_ERROR.GMP_INVENTORY_API', 'Internal error.', 'SYSTEM'),
  );

/** Of one ship node or one entry of a feed, inside an answer that is well otherwise. */
export const entryError = (code: string, description: string, permanent: boolean): WalmartError =>
  error(code, description, permanent ? 'DATA' : 'SYSTEM');
