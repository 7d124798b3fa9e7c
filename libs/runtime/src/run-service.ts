import { ConfigError, createLogger, loadConfig } from '@holdfast/platform';
import { openRuntime } from './open-runtime.js';
import type { ServiceDefinition } from './port.js';
import { onStopSignal } from './stop-signal.js';
import { untilEnginesAnswer } from './until-engines-answer.js';

/** Runs one service as its own process on the engines that the environment names, until SIGTERM or SIGINT. */
export async function runService(definition: ServiceDefinition): Promise<void> {
  try {
    const config = loadConfig(process.env);
    const logger = createLogger(config, definition.name);
    const runtime = await untilEnginesAnswer(() => openRuntime(config, { name: definition.name, embedded: false, logger }), logger);
    const service = await definition.start(runtime);
    await service.app.listen({ port: config.port, host: config.host });
    process.stdout.write(`${definition.name} is ready: ${await service.app.getUrl()}\n`);
    onStopSignal(logger, async () => {
      await service.stop();
      await runtime.stop();
    });
  } catch (error) {
    explainFailedStart(error);
  }
}

/** Says why a process cannot start, faults of the configuration without a stack, and ends it. */
export function explainFailedStart(error: unknown): never {
  process.stderr.write(
    `${error instanceof ConfigError ? error.message : error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
  );
  process.exit(1);
}
