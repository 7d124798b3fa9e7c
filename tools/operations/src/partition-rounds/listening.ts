import { existsSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

const ASK_AGAIN_MS = 100;
const LISTEN = '0A';

/** Whether a socket listens at this port in the network namespace of a process. */
function isListening(pid: number, port: number): boolean {
  const wanted = port.toString(16).toUpperCase().padStart(4, '0');
  return ['tcp', 'tcp6'].some((table) => {
    const file = `/proc/${String(pid)}/net/${table}`;
    if (!existsSync(file)) return false;
    const lines = readFileSync(file, 'utf8').trim().split('\n').slice(1);
    return lines.some((line) => {
      const [, local = '', , state] = line.trim().split(/\s+/);
      return state === LISTEN && local.endsWith(`:${wanted}`);
    });
  });
}

/** Waits until a program listens in the namespace of its process. @param hasEnded asked while it does not @throws when it ends before */
export async function listening(name: string, pid: number, port: number, hasEnded: () => boolean, withinMs = 120_000): Promise<void> {
  const deadline = performance.now() + withinMs;
  while (!isListening(pid, port)) {
    if (hasEnded()) throw new Error(`${name} ended before it listened`);
    if (performance.now() > deadline) throw new Error(`${name} does not listen at port ${String(port)} after ${String(withinMs)} ms`);
    await sleep(ASK_AGAIN_MS);
  }
}
