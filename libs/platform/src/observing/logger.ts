import type { DestinationStream, Logger as PinoLogger } from 'pino';
import { pino, stdTimeFunctions } from 'pino';
import type { LogLevel } from '../config/config.js';
import { currentRequest } from './request-context.js';

export type Logger = PinoLogger;

/** Causes of causes that a line tells. */
const MOST_CAUSES = 5;

interface ErrorFields {
  readonly type: string;
  readonly message: string;
  readonly code?: string | number;
  readonly stack?: string;
  readonly cause?: unknown;
}

/** What a line says of an error. Nothing else that hangs on it: errors of pg carry their whole client, password and all. */
function errorFields(error: unknown, causes = MOST_CAUSES): unknown {
  if (!(error instanceof Error)) return error;
  const { message, name, stack, cause } = error;
  const code = 'code' in error ? error.code : undefined;
  return {
    type: name,
    message,
    ...(typeof code === 'string' || typeof code === 'number' ? { code } : {}),
    ...(stack === undefined ? {} : { stack }),
    ...(cause === undefined || causes === 0 ? {} : { cause: errorFields(cause, causes - 1) }),
  } satisfies ErrorFields;
}

/**
 * JSON lines on standard output, each with time, level, name of the process and, while serving, request and trace id.
 * @param name process that logs; its services log as children with `service`
 */
export function createLogger(config: { readonly logLevel: LogLevel }, name: string, destination?: DestinationStream): Logger {
  const options = {
    level: config.logLevel,
    base: { name },
    timestamp: stdTimeFunctions.isoTime,
    serializers: { err: (error: unknown) => errorFields(error) },
    formatters: { level: (level: string) => ({ level }) },
    mixin: () => {
      const request = currentRequest();
      return request === undefined ? {} : { requestId: request.requestId, traceId: request.traceId };
    },
  };
  return destination === undefined ? pino(options) : pino(options, destination);
}
