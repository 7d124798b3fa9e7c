import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { freePortPair } from '@holdfast/testing';

/** Generous: two Java programs prepare the folder before the broker starts, on a machine that may be busy with other specs. */
export const BROKER_READY_WITHIN_MS = 300_000;
const KEPT_OUTPUT = 4_000;
const ROOT = fileURLToPath(new URL('../../..', import.meta.url));

/** The script that starts a broker on a bare machine, where it and Java are to be had. */
export function brokerScript(): string | undefined {
  const script = join(resolve(ROOT, process.env['HOLDFAST_ENGINES_DIR'] ?? '../shared/engines'), 'kafka/start');
  return existsSync(script) ? script : undefined;
}

/** A broker of this test's own, that can be ended and started again at the same port with what it stored. */
export class KafkaBroker {
  private child: ChildProcess | undefined;
  private constructor(
    private readonly script: string,
    private readonly port: number,
    private readonly folder: string,
  ) {}

  /** The script takes the port after the given one for its controller. */
  static async prepare(script: string): Promise<KafkaBroker> {
    return new KafkaBroker(script, await freePortPair(), await mkdtemp(join(tmpdir(), 'holdfast-kafka-')));
  }

  get address(): string {
    return `127.0.0.1:${this.port}`;
  }

  /** @throws Error with what the broker wrote when it ended or does not answer */
  async start(): Promise<void> {
    const child = spawn(this.script, [String(this.port), join(this.folder, 'data')], { stdio: ['ignore', 'pipe', 'pipe'] });
    this.child = child;
    let output = '';
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (text: string) => {
        output = (output + text).slice(-KEPT_OUTPUT);
      });
    const until = performance.now() + BROKER_READY_WITHIN_MS;
    while (!(await answers(this.port))) {
      const { exitCode, signalCode } = child;
      const end = exitCode ?? signalCode;
      if (end === null && performance.now() < until) {
        await new Promise((done) => setTimeout(done, 200));
        continue;
      }
      const fault = end === null ? `was silent for ${BROKER_READY_WITHIN_MS} ms` : `ended with ${end}`;
      throw new Error(`The broker on port ${this.port} ${fault}; it wrote: ${output.trim() || 'nothing'}`);
    }
  }

  async stop(): Promise<void> {
    const child = this.child;
    this.child = undefined;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
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
