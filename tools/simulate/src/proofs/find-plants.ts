import type { Runs } from '../workers/work.js';
import type { WorkerPool } from '../workers/worker-pool.js';
import { say } from './say.js';

/** Runs seeds for each planted mistake, several at once. @returns how many were found */
export async function findPlants(pool: WorkerPool, names: readonly string[], runs: keyof Runs, within: number): Promise<number> {
  const look = async (name: string): Promise<boolean> => {
    const found = await pool.call('plant', name, runs, within);
    say(`${name}: ${found === undefined ? `NOT FOUND in ${within} ${runs}` : `seed ${found.seed}: ${found.fault}`}`);
    return found !== undefined;
  };
  const found = (await Promise.all(names.map(look))).filter(Boolean).length;
  say(`${found} of ${names.length} planted mistakes found by ${runs}`);
  return found;
}
