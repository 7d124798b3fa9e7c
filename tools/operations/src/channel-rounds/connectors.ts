import { randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { TOPICS } from '@holdfast/contracts';
import { createLogger, loadConfig, signCaller } from '@holdfast/platform';
import { openRuntime, type Runtime } from '@holdfast/runtime';
import { endWithUs, freePort, isAlive, startNode, startOwnTestPostgres, type EndWithUs, type NodeProcess } from '@holdfast/testing';
import { TIMINGS } from './timings.js';

const TENANT = 'demo';
const SECRET = 'of-the-rounds-of-channels-more-than-32-characters';
const PROCESSES = 2;
const SCRIPT = fileURLToPath(new URL('connector-process.js', import.meta.url));

interface Connector {
  readonly port: number;
  process: NodeProcess;
}

/** Two processes of the channel connector on one Postgres, and what the projection would tell them. */
export class Connectors {
  private position = 0;
  private readonly pids: number[] = [];

  private constructor(
    private readonly postgres: Awaited<ReturnType<typeof startOwnTestPostgres>>,
    private readonly runtime: Runtime,
    private readonly env: Readonly<Record<string, string>>,
    private readonly all: readonly Connector[],
    private readonly watcher: EndWithUs,
  ) {
    this.pids.push(postgres.pid, ...all.map(({ process }) => process.pid));
  }

  static async start(): Promise<Connectors> {
    const watcher = endWithUs();
    // Synced, so that what a killed process was told is as safe as in earnest.
    const postgres = await startOwnTestPostgres({ durable: true });
    watcher.watch(postgres.pid);
    const env = {
      DATABASE_URL: postgres.connectionString,
      HOLDFAST_INTERNAL_SECRET: SECRET,
      HOLDFAST_SECRET_KEY: SECRET,
      HOLDFAST_WEBHOOK_PRIVATE: '1',
      HOLDFAST_RATE_PER_SECOND: '1000000',
      HOLDFAST_LOG_LEVEL: 'silent',
    };
    const config = loadConfig(env);
    const runtime = await openRuntime(config, { name: 'channel-rounds', embedded: false, logger: createLogger(config, 'channel-rounds') });
    const connectors: Connector[] = [];
    for (let one = 0; one < PROCESSES; one += 1) {
      const port = await freePort();
      connectors.push({ port, process: await startOne(env, port, watcher) });
    }
    return new Connectors(postgres, runtime, env, connectors, watcher);
  }

  async put(path: string, body: unknown): Promise<void> {
    const caller = signCaller({ tenant: TENANT, subject: 'rounds', permissions: ['*'] }, SECRET);
    const response = await fetch(`http://127.0.0.1:${String(this.all[0]?.port)}${path}`, {
      method: 'PUT',
      headers: { 'content-type': 'application/json', 'x-holdfast-caller': caller },
      body: JSON.stringify(body),
    });
    if (!response.ok) throw new Error(`PUT ${path}: ${String(response.status)} ${await response.text()}`);
  }

  /** Says on the topic what every channel may promise from now on. */
  async tell(channelIds: readonly string[], figures: ReadonlyMap<string, number>): Promise<void> {
    const time = new Date().toISOString();
    const messages = [...figures].flatMap(([sku, atp]) =>
      channelIds.map((channelId) => {
        this.position += 1;
        const data = { sku, channelId, atp, version: this.position, position: String(this.position) };
        const message = { specversion: '1.0', id: randomUUID(), type: 'holdfast.inventory.channel-atp.v1', time, tenant: TENANT, data };
        return { key: `${TENANT}|${channelId}|${sku}`, value: JSON.stringify(message) };
      }),
    );
    await this.runtime.bus.publish(TOPICS.channelAtp.name, messages);
  }

  /** Kills one with SIGKILL and starts it again. @param chance 0 to 1, picks which */
  async kill(chance: number): Promise<void> {
    const one = this.pick(chance);
    one.process.kill('SIGKILL');
    await one.process.ended;
    one.process = await startOne(this.env, one.port, this.watcher);
    this.pids.push(one.process.pid);
  }

  /** Stops one for longer than its leases last. Meanwhile the other gets its channels; then it goes on where it was. */
  async pause(chance: number, meanwhile: () => Promise<void>): Promise<void> {
    const one = this.pick(chance);
    one.process.kill('SIGSTOP');
    try {
      await new Promise((resolve) => setTimeout(resolve, TIMINGS.leaseMs));
      await meanwhile();
    } finally {
      one.process.kill('SIGCONT');
    }
  }

  /** Ends everything and returns which processes are left. */
  async stop(): Promise<readonly number[]> {
    // One that is stopped at this moment hears nothing else before.
    for (const { process } of this.all) process.kill('SIGCONT');
    await Promise.all(this.all.map(({ process }) => process.stop()));
    await this.runtime.stop();
    await this.postgres.stop();
    this.watcher.release();
    return this.pids.filter(isAlive);
  }

  private pick(chance: number): Connector {
    const one = this.all[Math.floor(chance * this.all.length)];
    if (one === undefined) throw new Error('there is no such process');
    return one;
  }
}

const startOne = (env: Readonly<Record<string, string>>, port: number, watcher: EndWithUs): Promise<NodeProcess> =>
  startNode({
    script: SCRIPT,
    env: { ...env, PORT: String(port) },
    readyText: 'channel-connector is ready',
    onStart: (pid) => watcher.watch(pid),
  });
