import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const READY_WITHIN_MS = 60_000;
const ROOT = fileURLToPath(new URL('../../..', import.meta.url));

/** The script that starts a broker on a bare machine, where it and Java are to be had. */
export function brokerScript(): string | undefined {
  const script = join(resolve(ROOT, process.env['HOLDFAST_ENGINES_DIR'] ?? '../shared/engines'), 'kafka/start');
  return existsSync(script) ? script : undefined;
}

/** A broker of this test's own, that can be ended and started again with what it stored. */
export class KafkaBroker {
  private child: ChildProcess | undefined;
  private constructor(
    private readonly script: string,
    private readonly port: number,
    private readonly folder: string,
  ) {}

  static async prepare(script: string, port: number): Promise<KafkaBroker> {
    return new KafkaBroker(script, port, await mkdtemp(join(tmpdir(), 'holdfast-kafka-')));
  }

  get address(): string {
    return `127.0.0.1:${this.port}`;
  }

  async start(): Promise<void> {
    const child = spawn(this.script, [String(this.port), join(this.folder, 'data')], { stdio: 'ignore' });
    this.child = child;
    const until = performance.now() + READY_WITHIN_MS;
    while (!(await answers(this.port))) {
      if (child.exitCode !== null || performance.now() > until) throw new Error(`the broker did not start on port ${this.port}`);
      await new Promise((done) => setTimeout(done, 200));
    }
  }

  async stop(): Promise<void> {
    const child = this.child;
    this.child = undefined;
    if (!child || child.exitCode !== null) return;
    const ended = once(child, 'exit');
    child.kill('SIGTERM');
    await ended;
  }

  async remove(): Promise<void> {
    await this.stop();
    await rm(this.folder, { recursive: true, force: true });
  }
}

const answers = (port: number): Promise<boolean> =>
  new Promise((done) => {
    const socket = connect({ host: '127.0.0.1', port });
    socket.once('connect', () => {
      socket.destroy();
      done(true);
    });
    socket.once('error', () => done(false));
  });
