import type { Logger } from '@holdfast/platform';

const STOP_WITHIN_MS = 9_000;

/** Stops cleanly on SIGTERM and SIGINT, and ends the process whatever happens within nine seconds; a second signal ends it at once. */
export function onStopSignal(logger: Logger, stop: () => Promise<void>): void {
  let stopping = false;
  const begin = (signal: NodeJS.Signals): void => {
    if (stopping) process.exit(1);
    stopping = true;
    setTimeout(() => {
      logger.error('stopping took too long');
      process.exit(1);
    }, STOP_WITHIN_MS).unref();
    logger.info({ signal }, 'stopping');
    stop().then(
      () => process.exit(0),
      (error: unknown) => {
        logger.error({ err: error }, 'could not stop cleanly');
        process.exit(1);
      },
    );
  };
  process.on('SIGTERM', begin);
  process.on('SIGINT', begin);
}
