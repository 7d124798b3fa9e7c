import { ensureAdminKey, createGateway, type GatewayTargets } from '@holdfast/gateway';
import type { HoldfastConfig, Logger } from '@holdfast/platform';
import { openRuntime, type RunningService } from '@holdfast/runtime';
import { startDemoChannel, type DemoChannel } from './demo-channel.js';
import { writeEnginesFile } from './engines-file.js';
import { inProcess } from './in-process.js';
import { loadSample } from './sample/load-sample.js';
import { SERVICES } from './services.js';

export interface Standalone {
  readonly url: string;
  /** Admin key of the tenant `demo`. */
  readonly key: string;
  /** Present with sample data. */
  readonly demo?: DemoChannel;
  stop(): Promise<void>;
}

/** Starts engines, all services and the gateway in this process. What was started is stopped again when a later part fails. */
export async function startStandalone(config: HoldfastConfig, logger: Logger): Promise<Standalone> {
  const started: (() => Promise<void>)[] = [];
  const stop = async (): Promise<void> => {
    for (const stopOne of started.splice(0).reverse()) await stopOne();
  };
  try {
    const runtime = await openRuntime(config, { name: 'standalone', embedded: true, logger });
    started.push(() => runtime.stop());
    const removeEnginesFile = writeEnginesFile(config.dataFolder, runtime.database.connectionString);
    started.push(async () => {
      removeEnginesFile();
      await Promise.resolve();
    });

    const running = await Promise.all(
      Object.entries(SERVICES).map(async ([name, definition]): Promise<readonly [string, RunningService]> => [
        name,
        await definition.start(runtime),
      ]),
    );
    started.push(async () => {
      await Promise.all(running.map(([, service]) => service.stop()));
    });
    const targets = Object.fromEntries(running.map(([name, service]) => [name, inProcess(service.app)])) as unknown as GatewayTargets;
    const gateway = await createGateway({ runtime, targets });
    started.push(() => gateway.stop());
    const key = await ensureAdminKey(gateway, config);
    await gateway.app.listen({ port: config.port, host: config.host });
    const url = await gateway.app.getUrl();

    if (!config.sample) return { url, key, stop };
    const demo = await startDemoChannel(config.port === 0 ? 0 : config.port + 1);
    started.push(() => demo.receiver.close());
    await loadSample({ url, key, receiver: { url: demo.receiver.url, secret: demo.secret } });
    return { url, key, demo, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
