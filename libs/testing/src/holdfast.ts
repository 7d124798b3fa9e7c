import { randomBytes } from 'node:crypto';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbeddedPostgres, type EmbeddedPostgres } from '@holdfast/runtime';
import { freePort } from './free-port.js';
import { startNode, type NodeProcess } from './node-process.js';
import { startServices, type ServiceProcess } from './service-processes.js';

export interface HoldfastOptions {
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Where the embedded engines keep their data; a temporary folder, removed at the end, when not given. */
  readonly dataFolder?: string;
  readonly port?: number;
  readonly apiKey?: string;
  /** Root of the repository, whose packages are built. */
  readonly root?: string;
  /**
   * Starts each service as its own process and so many of the reservation service, whatever `HOLDFAST_E2E` says. Where no `DATABASE_URL`
   * is given they share an embedded Postgres, with real fsync, that this process starts.
   */
  readonly reservationInstances?: number;
  /** Told of the id of each process that is started, before it is ready. */
  readonly onStart?: (pid: number) => void;
}

export interface RunningHoldfast {
  readonly url: string;
  /** Admin key of the tenant `demo`. */
  readonly key: string;
  readonly dataFolder: string;
  /** The gateway's process; in standalone the only one. */
  readonly main: NodeProcess;
  readonly processes: readonly NodeProcess[];
  /** The processes of the reservation service; empty in standalone. */
  readonly reservations: readonly ServiceProcess[];
  /** What services in processes of their own share, where it was started here. */
  readonly postgres?: EmbeddedPostgres;
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
  const instances = options.reservationInstances ?? (process.env['HOLDFAST_E2E'] === 'services' ? 1 : undefined);
  const onStart = options.onStart ?? (() => undefined);
  const running = await (instances === undefined
    ? startStandalone(root, env, onStart)
    : startApart(root, env, { dataFolder, instances, onStart }));
  const { reservations, postgres } = running;
  return {
    url: `http://127.0.0.1:${String(port)}`,
    key,
    dataFolder,
    reservations,
    ...(postgres === undefined ? {} : { postgres }),
    get main() {
      return running.main();
    },
    get processes() {
      return running.processes();
    },
    async stop() {
      await Promise.all(running.processes().map((one) => one.stop()));
      await postgres?.stop();
      if (options.dataFolder === undefined) rmSync(dataFolder, { recursive: true, force: true });
    },
  };
}

type Env = Readonly<Record<string, string | undefined>>;

interface Running {
  main(): NodeProcess;
  processes(): readonly NodeProcess[];
  readonly reservations: readonly ServiceProcess[];
  readonly postgres?: EmbeddedPostgres;
}

type OnStart = (pid: number) => void;

async function startStandalone(root: string, env: Env, onStart: OnStart): Promise<Running> {
  const script = join(root, 'dist/programs/standalone.js');
  const one = await startNode({ script, env, readyText: 'Holdfast is ready', onStart });
  return { main: () => one, processes: () => [one], reservations: [] };
}

async function startApart(
  root: string,
  env: Env,
  { dataFolder, instances, onStart }: { readonly dataFolder: string; readonly instances: number; readonly onStart: OnStart },
): Promise<Running> {
  const given = env['DATABASE_URL'] ?? process.env['DATABASE_URL'];
  const postgres = given === undefined ? await startEmbeddedPostgres({ folder: join(dataFolder, 'postgres') }) : undefined;
  if (postgres !== undefined) onStart(postgres.pid);
  try {
    const database = postgres === undefined ? {} : { DATABASE_URL: postgres.connectionString };
    const { all, reservations } = await startServices(root, { ...env, ...database }, instances, onStart);
    const gateway = all.at(-1);
    if (gateway === undefined) throw new Error('nothing was started');
    return {
      main: () => gateway.process(),
      processes: () => all.map((one) => one.process()),
      reservations,
      ...(postgres === undefined ? {} : { postgres }),
    };
  } catch (error) {
    await postgres?.stop();
    throw error;
  }
}

/** Open to the user that Postgres runs as when tests run as root. */
function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'holdfast-e2e-'));
  execFileSync('chmod', ['755', folder]);
  return folder;
}
