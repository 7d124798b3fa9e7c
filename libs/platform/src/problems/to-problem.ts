import { STATUS_CODES } from 'node:http';
import { HttpException } from '@nestjs/common';
import { isRecord } from '../input/is-record.js';
import { Problem } from './problem.js';

const RETRY_SECONDS = 1;

/** Faults that end by themselves, by the `code` of their typed error. */
const UNAVAILABLE: Readonly<Record<string, string>> = {
  event_store_unavailable: 'The event store does not answer; the outcome is unknown, send the same request again',
  bus_unavailable: 'The message bus does not answer; send the same request again',
  database_unavailable: 'The database does not answer; send the same request again',
  sku_busy: 'Too many requests wait for this SKU; try again shortly',
  stream_busy: 'Too many requests wait for the same thing; try again shortly',
};

/** Codes of Postgres for: no connection, shutting down, starting up, too many clients, out of resources. */
const POSTGRES_AWAY = /^(08...|57P0[1-5]|53300|53400|ECONNREFUSED|ECONNRESET|EPIPE|ENOENT|ETIMEDOUT|EHOSTUNREACH)$/;
const POSTGRES_AWAY_MESSAGE =
  /Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error|Client was closed|not queryable|the database system is/i;

const UNSUPPORTED_MEDIA_TYPE = [415, 'unsupported_media_type', 'Send application/json, or text/csv where a route imports CSV'] as const;

/** The answer to a body of a type that the route does not take. */
export const unsupportedMediaType = (): Problem => new Problem(...UNSUPPORTED_MEDIA_TYPE);

/** What Fastify says of a request before any route sees it. */
const REQUEST_FAULTS: Readonly<Record<string, readonly [status: number, code: string, message: string]>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: [413, 'body_too_large', 'The request body is over the limit'],
  FST_ERR_CTP_INVALID_JSON_BODY: [400, 'malformed_json', 'The request body is not JSON'],
  FST_ERR_CTP_EMPTY_JSON_BODY: [400, 'malformed_json', 'The request body is empty'],
  FST_ERR_CTP_INVALID_MEDIA_TYPE: UNSUPPORTED_MEDIA_TYPE,
  FST_ERR_BAD_URL: [400, 'malformed_path', 'The path is not percent-encoded UTF-8'],
  FST_ERR_MAX_PARAM_LENGTH: [414, 'path_too_long', 'A part of the path is too long'],
};

const BY_STATUS: Readonly<Record<number, string>> = {
  400: 'bad_request',
  401: 'unauthenticated',
  403: 'missing_permission',
  404: 'not_found',
  405: 'method_not_allowed',
  409: 'conflict',
  412: 'precondition_failed',
  413: 'body_too_large',
  415: 'unsupported_media_type',
  422: 'unprocessable',
  429: 'rate_limited',
  503: 'unavailable',
};

interface Fault {
  readonly code?: string;
  readonly message: string;
  readonly retryAfterMs?: number;
  readonly driverError?: unknown;
  readonly cause?: unknown;
}

const faultOf = (error: unknown): Fault => {
  if (!isRecord(error)) return { message: '' };
  const { code, message, retryAfterMs, driverError, cause } = error;
  return {
    message: typeof message === 'string' ? message : '',
    ...(typeof code === 'string' ? { code } : {}),
    ...(typeof retryAfterMs === 'number' ? { retryAfterMs } : {}),
    driverError,
    cause,
  };
};

const unavailable = (code: string, retryAfterMs: number | undefined, cause: unknown): Problem => {
  const seconds = retryAfterMs === undefined ? RETRY_SECONDS : Math.max(1, Math.ceil(retryAfterMs / 1000));
  return new Problem(503, code, UNAVAILABLE[code] ?? 'Try again shortly', { headers: { 'retry-after': String(seconds) }, cause });
};

/** Whether an error of pg or TypeORM says that Postgres is away rather than that a statement is wrong. */
export function isDatabaseAway(error: unknown): boolean {
  const { code, message, driverError } = faultOf(error);
  if (driverError !== undefined && driverError !== error) return isDatabaseAway(driverError);
  if (code !== undefined && POSTGRES_AWAY.test(code)) return true;
  return POSTGRES_AWAY_MESSAGE.test(message);
}

/** The answer to any error. An unexpected error becomes 500 `internal_error` without internal details. */
export function toProblem(error: unknown): Problem {
  if (error instanceof Problem) return error;
  const { code, retryAfterMs } = faultOf(error);
  if (code !== undefined && Object.hasOwn(UNAVAILABLE, code)) return unavailable(code, retryAfterMs, error);
  const requestFault = code !== undefined && Object.hasOwn(REQUEST_FAULTS, code) ? REQUEST_FAULTS[code] : undefined;
  if (requestFault !== undefined) return new Problem(...requestFault);
  if (error instanceof SyntaxError && faultStatus(error) === 400) return new Problem(400, 'malformed_json', 'The request body is not JSON');
  if (error instanceof HttpException) return ofHttpException(error);
  if (isDatabaseAway(error)) return unavailable('database_unavailable', undefined, error);
  const status = faultStatus(error);
  if (status !== undefined && status >= 400 && status < 500) return new Problem(status, codeOf(status), STATUS_CODES[status] ?? 'Refused');
  return new Problem(500, 'internal_error', 'Something went wrong on our side', { cause: error });
}

function faultStatus(error: unknown): number | undefined {
  const status = isRecord(error) ? error['statusCode'] : undefined;
  return typeof status === 'number' ? status : undefined;
}

const codeOf = (status: number): string => BY_STATUS[status] ?? (status >= 500 ? 'internal_error' : 'bad_request');

function ofHttpException(error: HttpException): Problem {
  const status = error.getStatus();
  if (status >= 500 && status !== 503) return new Problem(status, codeOf(status), 'Something went wrong on our side', { cause: error });
  return new Problem(status, codeOf(status), error.message);
}
