import { spawn } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';

export interface NodeProcess {
  readonly pid: number;
  /** All that it printed so far, both streams. */
  output(): string;
  /** Resolves with the exit code, null after a signal. */
  readonly ended: Promise<number | null>;
  kill(signal: NodeJS.Signals): void;
  /** SIGTERM, then the end. Rejects when it takes longer than `withinMs`. */
  stop(withinMs?: number): Promise<number | null>;
}

export interface NodeProcessOptions {
  readonly script: string;
  /** Words of a program that starts it in its surroundings and becomes it, for example `ip netns exec NAME`. */
  readonly within?: readonly string[];
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Resolves the start once the output holds this text. */
  readonly readyText: string;
  readonly readyWithinMs?: number;
  /** Told of its process id before it is ready. */
  readonly onStart?: (pid: number) => void;
}

/**
 * Starts a Node program and waits until it says that it is ready.
 * @throws with its last lines when it ends or stays silent
 */
export async function startNode(options: NodeProcessOptions): Promise<NodeProcess> {
  const env = Object.fromEntries(
    Object.entries({ ...process.env, NODE_OPTIONS: undefined, ...options.env }).filter(([, value]) => value !== undefined),
  );
  // As in production, but for the source maps where there are many starts: to read those takes a seventh of what a start computes.
  const maps = process.env['HOLDFAST_SOURCE_MAPS'] === '0' ? [] : ['--enable-source-maps'];
  const words = [process.execPath, '--max-old-space-size=1024', '--max-semi-space-size=64', ...maps, options.script];
  const [program = process.execPath, ...args] = [...(options.within ?? []), ...words, ...(options.args ?? [])];
  const child = spawn(program, args, { env, stdio: ['ignore', 'pipe', 'pipe'] });
  if (child.pid !== undefined) options.onStart?.(child.pid);
  let output = '';
  const take = (chunk: Buffer): void => {
    output = (output + chunk.toString('utf8')).slice(-200_000);
  };
  child.stdout.on('data', take);
  child.stderr.on('data', take);
  let over = false;
  const ended = new Promise<number | null>((resolve) => {
    child.once('exit', (code) => {
      over = true;
      resolve(code);
    });
  });

  const deadline = Date.now() + (options.readyWithinMs ?? 300_000);
  while (!output.includes(options.readyText)) {
    if (over || Date.now() > deadline) {
      child.kill('SIGKILL');
      throw new Error(`${options.script} did not become ready:\n${output.slice(-3_000)}`);
    }
    await sleep(20);
  }
  return {
    pid: child.pid ?? 0,
    output: () => output,
    ended,
    kill: (signal) => child.kill(signal),
    async stop(withinMs = 60_000) {
      child.kill('SIGTERM');
      const late = sleep(withinMs, 'late' as const, { ref: false });
      const outcome = await Promise.race([ended, late]);
      if (outcome !== 'late') return outcome;
      child.kill('SIGKILL');
      throw new Error(`${options.script} did not stop within ${String(withinMs)} ms:\n${output.slice(-2_000)}`);
    },
  };
}
