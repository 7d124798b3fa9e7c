import { randomBytes } from 'node:crypto';
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

/** Starts every service on a port of its own, and the gateway in front of them at `env.PORT`. */
export async function startServices(root: string, env: Env, reservationInstances: number): Promise<ServiceProcesses> {
  const secret = { HOLDFAST_INTERNAL_SECRET: randomBytes(32).toString('hex') };
  const start = async (name: string, own: Env): Promise<ServiceProcess> => {
    const script = resolve(root, 'services', name, 'dist/main.js');
    const startOne = (): Promise<NodeProcess> => startNode({ script, env: { ...env, ...secret, ...own }, readyText: `${name} is ready` });
    let current = await startOne();
    return {
      name,
      url: `http://127.0.0.1:${String(own['PORT'] ?? env['PORT'])}`,
      process: () => current,
      async restart() {
        await current.ended;
        current = await startOne();
      },
    };
  };
  const names = ROUTED_SERVICES.flatMap((name) =>
    name === 'reservation' ? Array.from({ length: reservationInstances }, () => name) : [name],
  );
  const services = await Promise.all(names.map(async (name) => start(name, { PORT: String(await freePort()) })));
  const urlsOf = (name: string): string => services.flatMap((one) => (one.name === name ? [one.url] : [])).join();
  const urls = Object.fromEntries(ROUTED_SERVICES.map((name) => [urlVariable(name), urlsOf(name)]));
  const gateway = await start('gateway', urls);
  return { all: [...services, gateway], reservations: services.filter(({ name }) => name === 'reservation') };
}
