import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

export interface StartedHoldfast {
  readonly url: string;
  readonly key: string;
  stop(): Promise<void>;
}

const main = resolve(dirname(fileURLToPath(import.meta.url)), '../../../services/standalone/dist/main.js');

/** Starts the standalone process without sample data; in a new temporary folder unless HOLDFAST_DATA names one. */
export async function startHoldfast(): Promise<StartedHoldfast> {
  const key = process.env['HOLDFAST_API_KEY'] ?? `hf_${randomBytes(24).toString('base64url')}`;
  const port = Number(process.env['PORT'] ?? (await freePort()));
  const own = process.env['HOLDFAST_DATA'] === undefined ? mkdtempSync(join(tmpdir(), 'holdfast-replay-')) : undefined;
  const child = spawn(process.execPath, [main], {
    env: {
      ...process.env,
      PORT: String(port),
      HOLDFAST_API_KEY: key,
      HOLDFAST_SAMPLE: '0',
      HOLDFAST_LOG_LEVEL: process.env['HOLDFAST_LOG_LEVEL'] ?? 'warn',
      ...(own === undefined ? {} : { HOLDFAST_DATA: own }),
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = new Promise<void>((done) => child.once('exit', () => done()));
  await new Promise<void>((ready, failed) => {
    let printed = '';
    child.stdout.on('data', (chunk: Buffer) => {
      printed += chunk.toString('utf8');
      if (printed.includes('Holdfast is ready')) ready();
    });
    child.once('exit', (code) => failed(new Error(`Holdfast ended with code ${String(code)} before it was ready`)));
  });
  return {
    url: `http://127.0.0.1:${String(port)}`,
    key,
    async stop() {
      child.kill('SIGTERM');
      await ended;
      if (own !== undefined) rmSync(own, { recursive: true, force: true });
    },
  };
}

function freePort(): Promise<number> {
  return new Promise((found, failed) => {
    const server = createServer();
    server.once('error', failed);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => found(port));
    });
  });
}
