import { randomBytes } from 'node:crypto';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { freePort } from './free-port.js';
import { startNode, type NodeProcess } from './node-process.js';

const SERVICES = ['ingestion', 'reservation', 'atp-projection', 'channel-connector', 'workflow'] as const;

export interface HoldfastOptions {
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Where the embedded engines keep their data; a temporary folder, removed at the end, when not given. */
  readonly dataFolder?: string;
  readonly port?: number;
  readonly apiKey?: string;
  /** Root of the repository, whose packages are built. */
  readonly root?: string;
}

export interface RunningHoldfast {
  readonly url: string;
  /** Admin key of the tenant `demo`. */
  readonly key: string;
  readonly dataFolder: string;
  /** The gateway's process; in standalone the only one. */
  readonly main: NodeProcess;
  readonly processes: readonly NodeProcess[];
  stop(): Promise<void>;
}

/**
 * Starts the built Holdfast: all in one process, or, with `HOLDFAST_E2E=services`, every service as its own process.
 * `DATABASE_URL`, `EVENTSTOREDB_URL` and `KAFKA_BROKERS` of this process's environment name its engines, else they are embedded.
 */
export async function startHoldfast(options: HoldfastOptions = {}): Promise<RunningHoldfast> {
  const dataFolder = options.dataFolder ?? temporaryFolder();
  const port = options.port ?? (await freePort());
  const key = options.apiKey ?? `hf_${randomBytes(24).toString('base64url')}`;
  const root = options.root ?? process.cwd();
  const env = {
    PORT: String(port),
    HOLDFAST_DATA: dataFolder,
    HOLDFAST_API_KEY: key,
    HOLDFAST_SAMPLE: '0',
    // The tests' own receivers listen on the loopback address.
    HOLDFAST_WEBHOOK_PRIVATE: '1',
    HOLDFAST_LOG_LEVEL: process.env['HOLDFAST_LOG_LEVEL'] ?? 'warn',
    ...options.env,
  };
  const processes =
    process.env['HOLDFAST_E2E'] === 'services'
      ? await startServices(root, env)
      : [await startNode({ script: join(root, 'services/standalone/dist/main.js'), env, readyText: 'Holdfast is ready' })];
  const main = processes.at(-1);
  if (main === undefined) throw new Error('nothing was started');
  return {
    url: `http://127.0.0.1:${String(port)}`,
    key,
    dataFolder,
    main,
    processes,
    async stop() {
      await Promise.all(processes.map((one) => one.stop(20_000)));
      if (options.dataFolder === undefined) rmSync(dataFolder, { recursive: true, force: true });
    },
  };
}

/** Every service on a port of its own, the gateway last. */
async function startServices(root: string, env: Readonly<Record<string, string | undefined>>): Promise<NodeProcess[]> {
  const internalSecret = randomBytes(32).toString('hex');
  const ports = await Promise.all(SERVICES.map(() => freePort()));
  const script = (service: string): string => resolve(root, 'services', service, 'dist/main.js');
  const services = await Promise.all(
    SERVICES.map((service, index) =>
      startNode({
        script: script(service),
        env: { ...env, PORT: String(ports[index]), HOLDFAST_INTERNAL_SECRET: internalSecret },
        readyText: `${service} is ready`,
      }),
    ),
  );
  const urls = Object.fromEntries(
    SERVICES.map((service, index) => [`${service.toUpperCase().replaceAll('-', '_')}_URL`, `http://127.0.0.1:${String(ports[index])}`]),
  );
  const gateway = await startNode({
    script: script('gateway'),
    env: { ...env, ...urls, HOLDFAST_INTERNAL_SECRET: internalSecret },
    readyText: 'gateway is ready',
  });
  return [...services, gateway];
}

/** Open to the user that Postgres runs as when tests run as root. */
function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'holdfast-e2e-'));
  execFileSync('chmod', ['755', folder]);
  return folder;
}
