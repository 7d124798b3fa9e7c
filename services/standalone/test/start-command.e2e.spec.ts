import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventually, freePort, isAlive } from '@holdfast/testing';

/** Process ids of everything that a process started, by parent, itself included. */
function family(ancestor: number): readonly number[] {
  const parents = execFileSync('ps', ['-A', '-o', 'pid=,ppid='], { encoding: 'utf8' })
    .trim()
    .split('\n')
    .map((line) => line.trim().split(/\s+/).map(Number));
  const members = [ancestor];
  for (const member of members) for (const [pid, parent] of parents) if (parent === member && pid !== undefined) members.push(pid);
  return members;
}

async function startByNpm(dataFolder: string): Promise<ChildProcess> {
  const npm = spawn('npm', ['start'], {
    env: {
      ...process.env,
      ...{ NODE_OPTIONS: '', DATABASE_URL: '', EVENTSTOREDB_URL: '', KAFKA_BROKERS: '' },
      ...{ PORT: String(await freePort()), HOLDFAST_DATA: dataFolder, HOLDFAST_SAMPLE: '0' },
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  npm.stdout.on('data', (chunk: Buffer) => (output += chunk.toString('utf8')));
  const isReady = (): boolean => output.includes('Holdfast is ready');
  await eventually(
    () => Promise.resolve(output),
    () => isReady() || npm.exitCode !== null,
    120_000,
  );
  expect(output).toContain('Holdfast is ready');
  return npm;
}

// Skipped on engines that are servers of their own: what must end with npm here is the embedded Postgres.
const ownEngines = process.env['HOLDFAST_E2E'] === undefined ? describe : describe.skip;

ownEngines('`npm start` (with the embedded engines only)', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'holdfast-npm-'));
    chmodSync(folder, 0o755);
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it.each(['SIGTERM', 'SIGINT'] as const)('leaves no process behind after %s to npm alone', async (signal) => {
    const npm = await startByNpm(join(folder, signal));
    const started = family(npm.pid ?? 0);
    expect(started.length).toBeGreaterThan(3);
    const began = performance.now();
    npm.kill(signal);
    try {
      await eventually(
        () => Promise.resolve(started.filter(isAlive)),
        (left) => left.length === 0,
        60_000,
      );
      process.stdout.write(`${signal} to npm: all ended after ${Math.round(performance.now() - began)} ms\n`);
    } finally {
      for (const pid of started.filter(isAlive)) process.kill(pid, 'SIGKILL');
    }
  });
});
