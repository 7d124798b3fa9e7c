import { setTimeout as sleep } from 'node:timers/promises';
import { ip } from './ip.js';

const KILL_AGAIN_AFTER_MS = 50;
const KILLS = 100;

/** Kills every process in these network namespaces, then removes them with their interfaces. Names that are none are left out. */
export async function removeNamespaces(names: readonly string[]): Promise<void> {
  const listed = (await ip(['netns', 'list'])).split('\n').map((line) => line.split(' ')[0]);
  for (const name of names.filter((each) => listed.includes(each))) {
    await killAllIn(name);
    await ip(['netns', 'delete', name]);
  }
}

async function killAllIn(name: string): Promise<void> {
  for (let kill = 0; kill < KILLS; kill += 1) {
    const pids = (await ip(['netns', 'pids', name])).split('\n').filter((line) => line !== '');
    if (pids.length === 0) return;
    for (const pid of pids) endOf(Number(pid));
    await sleep(KILL_AGAIN_AFTER_MS);
  }
  throw new Error(`processes in ${name} cannot be killed`);
}

function endOf(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has ended by itself.
  }
}
