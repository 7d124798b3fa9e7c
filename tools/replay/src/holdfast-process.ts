import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { endWithUs, startHoldfast as start } from '@holdfast/testing';

export interface StartedHoldfast {
  readonly url: string;
  readonly key: string;
  stop(): Promise<void>;
}

/** Starts Holdfast without sample data, in a new temporary folder unless HOLDFAST_DATA names one. It ends with this process, however that ends. */
export async function startHoldfast(): Promise<StartedHoldfast> {
  const watcher = endWithUs();
  const { HOLDFAST_API_KEY: apiKey, HOLDFAST_DATA: dataFolder, PORT: port } = process.env;
  const running = await start({
    onStart: (pid) => watcher.watch(pid),
    root: resolve(dirname(fileURLToPath(import.meta.url)), '../../..'),
    ...(apiKey === undefined ? {} : { apiKey }),
    ...(dataFolder === undefined ? {} : { dataFolder }),
    ...(port === undefined ? {} : { port: Number(port) }),
  });
  const { url, key } = running;
  return {
    url,
    key,
    stop: async () => {
      await running.stop();
      watcher.release();
    },
  };
}
