import type { DestinationStream, Logger as PinoLogger } from 'pino';
import { pino, stdTimeFunctions } from 'pino';
import type { LogLevel } from '../config/config.js';
import { currentRequest } from './request-context.js';

export type Logger = PinoLogger;

/**
 * JSON lines on standard output, each with time, level, name of the process and, while serving, request and trace id.
 * @param name process that logs; its services log as children with `service`
 */
export function createLogger(config: { readonly logLevel: LogLevel }, name: string, destination?: DestinationStream): Logger {
  const options = {
    level: config.logLevel,
    base: { name },
    timestamp: stdTimeFunctions.isoTime,
    formatters: { level: (level: string) => ({ level }) },
    mixin: () => {
      const request = currentRequest();
      return request === undefined ? {} : { requestId: request.requestId, traceId: request.traceId };
    },
  };
  return destination === undefined ? pino(options) : pino(options, destination);
}
