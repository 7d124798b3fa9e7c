import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { WATCH } from './end-with-us.js';
import { isAlive } from './is-alive.js';

const sleeper = (): ChildProcess => spawn('sleep', ['60'], { stdio: 'ignore' });

/** The watcher as a process has it that ends after it wrote these words. */
async function watched(...words: readonly string[]): Promise<void> {
  const watcher = spawn('sh', ['-c', WATCH], { stdio: ['pipe', 'ignore', 'ignore'] });
  const ended = once(watcher, 'exit');
  watcher.stdin.end(words.map((word) => `${word}\n`).join(''));
  await ended;
}

describe('processes that end with the one that started them', () => {
  it('are killed when its end closes the pipe, also one that was stopped', async () => {
    const children = [sleeper(), sleeper()];
    const ended = Promise.all(children.map((child) => once(child, 'exit')));
    children[1]?.kill('SIGSTOP');
    await watched(...children.map(({ pid }) => String(pid)));
    expect((await ended).map(([, signal]) => signal as unknown)).toEqual(['SIGKILL', 'SIGKILL']);
  });

  it('live on where they were released', async () => {
    const child = sleeper();
    await watched(String(child.pid), 'release');
    expect(isAlive(child.pid ?? 0)).toBe(true);
    child.kill('SIGKILL');
  });
});
