import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createConnection } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePortPair } from '@holdfast/testing';
import type { Engine, RestartableEngine } from './engine.js';

const READY_WITHIN_MS = 300_000;

interface LocalEngine {
  readonly variable: Engine['variable'];
  /** Folder below the engines folder; its program is called `start [port] [data folder]` and runs in the foreground. */
  readonly folder: string;
  readonly url: (port: number) => string;
}

const ENGINES: Readonly<Record<'kafka' | 'eventstoredb', LocalEngine>> = {
  kafka: { variable: 'KAFKA_BROKERS', folder: 'kafka', url: (port) => `127.0.0.1:${String(port)}` },
  eventstoredb: { variable: 'EVENTSTOREDB_URL', folder: 'eventstoredb', url: (port) => `esdb://127.0.0.1:${String(port)}?tls=false` },
};

/** Programs that start an engine on this machine lie here, if anywhere. */
export const enginesFolder = (): string => resolve(process.env['HOLDFAST_ENGINES_DIR'] ?? '../shared/engines');

/** Starts an engine from the engines folder; undefined where there is none. */
export async function startLocal(name: keyof typeof ENGINES): Promise<RestartableEngine | undefined> {
  const engine = ENGINES[name];
  const program = join(enginesFolder(), engine.folder, 'start');
  if (!existsSync(program)) return undefined;
  // Kafka also takes the next port; a paused engine must find its own free when it comes back.
  const port = await freePortPair();
  const data = mkdtempSync(join(tmpdir(), `holdfast-${name}-`));
  let running = await launch(program, port, data);
  return {
    variable: engine.variable,
    url: engine.url(port),
    origin: `started from ${engine.folder} of the engines folder`,
    pause: () => running(),
    async resume() {
      running = await launch(program, port, data);
    },
    async stop() {
      await running();
      rmSync(data, { recursive: true, force: true });
    },
  };
}

/** Resolves with a function that ends the program. */
async function launch(program: string, port: number, data: string): Promise<() => Promise<void>> {
  const child = spawn(program, [String(port), data], { stdio: ['ignore', 'ignore', 'inherit'], env: { ...process.env, NODE_OPTIONS: '' } });
  let over = false;
  const ended = new Promise<void>((done) => {
    child.once('exit', () => {
      over = true;
      done();
    });
  });
  const deadline = Date.now() + READY_WITHIN_MS;
  while (!(await answers(port))) {
    if (over) throw new Error(`${program} ended before it answered on port ${String(port)}`);
    if (Date.now() > deadline) throw new Error(`${program} did not answer on port ${String(port)}`);
    await sleep(100);
  }
  return async () => {
    child.kill('SIGTERM');
    await ended;
  };
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolveAnswer) => {
    const socket = createConnection({ port, host: '127.0.0.1' });
    const settle = (answer: boolean) => (): void => {
      socket.destroy();
      resolveAnswer(answer);
    };
    socket.once('connect', settle(true));
    socket.once('error', settle(false));
  });
}
