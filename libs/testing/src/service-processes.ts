import { createHash, randomBytes } from 'node:crypto';
import { resolve } from 'node:path';
import { ROUTED_SERVICES, urlVariable } from '@holdfast/platform';
import { freePort } from './free-port.js';
import { startNode, type NodeProcess } from './node-process.js';

/** A service in a process of its own, which a test can kill and start again. */
export interface ServiceProcess {
  readonly name: string;
  readonly url: string;
  /** The newest process. */
  process(): NodeProcess;
  /** Starts it again at the same address, once the former process has ended. */
  restart(): Promise<void>;
}

export interface ServiceProcesses {
  /** The gateway last. */
  readonly all: readonly ServiceProcess[];
  readonly reservations: readonly ServiceProcess[];
}

type Env = Readonly<Record<string, string | undefined>>;

/**
 * Starts every service on a port of its own, and the gateway in front of them at `env.PORT`.
 * @throws when one of them does not become ready; the others are stopped then, because they would go on to read the topics
 */
export async function startServices(
  root: string,
  env: Env,
  reservationInstances: number,
  onStart: (pid: number) => void = () => undefined,
): Promise<ServiceProcesses> {
  const shared = {
    ...env,
    HOLDFAST_INTERNAL_SECRET: randomBytes(32).toString('hex'),
    // The same whenever this installation is started again: what is stored was sealed with it.
    HOLDFAST_SECRET_KEY: createHash('sha256')
      .update(`sealed for ${String(env['HOLDFAST_API_KEY'])}`)
      .digest('hex'),
  };
  const names = ROUTED_SERVICES.flatMap((name) =>
    name === 'reservation' ? Array.from({ length: reservationInstances }, () => name) : [name],
  );
  const placed = await Promise.all(names.map(async (name) => ({ name, port: String(await freePort()) })));
  const urlsOf = (name: string): string => placed.flatMap((one) => (one.name === name ? [urlAt(one.port)] : [])).join();
  const urls = Object.fromEntries(ROUTED_SERVICES.map((name) => [urlVariable(name), urlsOf(name)]));
  const starts = placed.map(({ name, port }) => startService(root, name, { ...shared, ...urls, PORT: port }, onStart));
  try {
    const services = await Promise.all(starts);
    const gateway = await startService(root, 'gateway', { ...shared, ...urls }, onStart);
    return { all: [...services, gateway], reservations: services.filter(({ name }) => name === 'reservation') };
  } catch (error) {
    for (const outcome of await Promise.allSettled(starts)) if (outcome.status === 'fulfilled') await outcome.value.process().stop();
    throw error;
  }
}

const urlAt = (port: string): string => `http://127.0.0.1:${port}`;

async function startService(root: string, name: string, env: Env, onStart: (pid: number) => void): Promise<ServiceProcess> {
  const script = resolve(root, 'dist/programs', `${name}.js`);
  const start = (): Promise<NodeProcess> => startNode({ script, env, readyText: `${name} is ready`, onStart });
  let current = await start();
  return {
    name,
    url: urlAt(String(env['PORT'])),
    process: () => current,
    async restart() {
      await current.ended;
      current = await start();
    },
  };
}
