import type { InProcessTarget, ServiceTargets } from '@holdfast/forwarding';
import { ensureAdminKey, createGateway } from '@holdfast/gateway';
import { createGraphql } from '@holdfast/graphql';
import { ingestion } from '@holdfast/ingestion';
import type { HoldfastConfig, Logger } from '@holdfast/platform';
import { openRuntime, type RunningService } from '@holdfast/runtime';
import { startDemoChannel, type DemoChannel } from './demo-channel.js';
import { writeEnginesFile } from './engines-file.js';
import { inProcess, inProcessLater } from './in-process.js';
import { loadSample } from './sample/load-sample.js';
import { SERVICES } from './services.js';

export interface Standalone {
  readonly url: string;
  /** Admin key of the tenant `demo`. */
  readonly key: string;
  /** Address of the console that signs in as that key, once and within two minutes. Missing where the console is off. */
  readonly signInUrl?: string;
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

    const apps = new Map<string, InProcessTarget>();
    // Ingestion calls the channel connector, which starts beside it.
    const connector = inProcessLater(() => apps.get('channel-connector'));
    const running = await Promise.all(
      Object.entries({ ...SERVICES, ingestion: ingestion(() => connector) }).map(
        async ([name, definition]): Promise<readonly [string, RunningService]> => {
          const service = await definition.start(runtime);
          apps.set(name, inProcess(service.app));
          return [name, service];
        },
      ),
    );
    started.push(async () => {
      await Promise.all(running.map(([, service]) => service.stop()));
    });
    const behind = Object.fromEntries(apps) as unknown as Omit<ServiceTargets, 'graphql'>;
    const graphql = await createGraphql({ runtime, targets: behind });
    started.push(() => graphql.stop());
    const gateway = await createGateway({ runtime, targets: { ...behind, graphql: inProcess(graphql.app) } });
    started.push(() => gateway.stop());
    const key = await ensureAdminKey(gateway, config);
    await gateway.app.listen({ port: config.port, host: config.host });
    const url = await gateway.app.getUrl();
    const signInUrl = (): { readonly signInUrl?: string } =>
      config.console ? { signInUrl: `${url}/#code=${gateway.signInCode(key)}` } : {};

    if (!config.sample) return { url, key, ...signInUrl(), stop };
    const demo = await startDemoChannel(config.port === 0 ? 0 : config.port + 1);
    started.push(() => demo.receiver.close());
    await loadSample({ url, key, receiver: { url: demo.receiver.url, secret: demo.secret }, now: Date.now() });
    return { url, key, ...signInUrl(), demo, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
