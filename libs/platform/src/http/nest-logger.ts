import type { LoggerService } from '@nestjs/common';
import type { Logger } from '../observing/logger.js';

const context = (values: readonly unknown[]): object => {
  const last = values.at(-1);
  return typeof last === 'string' ? { part: last } : {};
};

/** What Nest says goes into the same JSON lines; its chatter of start-up is shown at debug level only. */
export const nestLogger = (logger: Logger): LoggerService => ({
  log: (message: unknown, ...values: unknown[]) => logger.debug(context(values), String(message)),
  debug: (message: unknown, ...values: unknown[]) => logger.debug(context(values), String(message)),
  verbose: (message: unknown, ...values: unknown[]) => logger.trace(context(values), String(message)),
  warn: (message: unknown, ...values: unknown[]) => logger.warn(context(values), String(message)),
  error: (message: unknown, ...values: unknown[]) =>
    logger.error({ ...context(values), ...(message instanceof Error ? { err: message } : {}) }, String(message)),
  fatal: (message: unknown, ...values: unknown[]) => logger.fatal(context(values), String(message)),
});
