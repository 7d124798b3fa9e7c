import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { freePort, isAlive, startHoldfast, unique, type RunningHoldfast } from '@holdfast/testing';
import { runningDatabase } from '../connect.js';

export type Victim = 'reservation' | 'postgres' | 'standalone';

/** A Holdfast whose processes are killed. */
export interface Subject {
  readonly url: string;
  readonly key: string;
  readonly victims: readonly Victim[];
  /** Kills with SIGKILL, and starts again what does not restart by itself. Resolves when it has started. */
  kill(victim: Victim, chance: number): Promise<void>;
  /** Address of its database right now; undefined while it starts. */
  database(): string | undefined;
  /** Ends it and returns which of all its processes are left. */
  stop(): Promise<readonly number[]>;
}

const ENV = { HOLDFAST_RATE_PER_SECOND: '1000000', HOLDFAST_LOG_LEVEL: 'silent' };

const postmasterOf = (folder: string): number | undefined => {
  const file = join(folder, 'postmaster.pid');
  const pid = existsSync(file) ? Number(readFileSync(file, 'utf8').split('\n')[0]) : Number.NaN;
  return Number.isInteger(pid) ? pid : undefined;
};

class Pids {
  private readonly seen = new Set<number>();

  note(holdfast: RunningHoldfast, postgres: string): void {
    for (const { pid } of holdfast.processes) this.seen.add(pid);
    const postmaster = postmasterOf(postgres);
    if (postmaster !== undefined) this.seen.add(postmaster);
  }

  left(): readonly number[] {
    return [...this.seen].filter(isAlive);
  }
}

const killPostgres = (folder: string): void => {
  const pid = postmasterOf(folder);
  if (pid !== undefined && isAlive(pid)) process.kill(pid, 'SIGKILL');
};

/** Every service in a process of its own, the reservation service in two, around a Postgres that this process started. */
export async function startApart(): Promise<Subject> {
  const holdfast = await startHoldfast({ reservationInstances: 2, env: ENV });
  const { postgres } = holdfast;
  if (postgres === undefined) throw new Error('these rounds need the embedded engines: unset DATABASE_URL');
  const pids = new Pids();
  pids.note(holdfast, postgres.folder);
  return {
    url: holdfast.url,
    key: holdfast.key,
    victims: ['reservation', 'postgres'],
    async kill(victim, chance) {
      pids.note(holdfast, postgres.folder);
      if (victim === 'postgres') return killPostgres(postgres.folder);
      const one = holdfast.reservations[Math.floor(chance * holdfast.reservations.length)];
      one?.process().kill('SIGKILL');
      await one?.restart();
    },
    database: () => postgres.connectionString,
    async stop() {
      pids.note(holdfast, postgres.folder);
      await holdfast.stop();
      return pids.left();
    },
  };
}

/** All services and the embedded Postgres in one process and its child. */
export async function startAlone(dataFolder: string): Promise<Subject> {
  const options = { dataFolder, port: await freePort(), apiKey: unique('hf_key_of_the_crashes'), env: ENV };
  const folder = join(dataFolder, 'postgres');
  const pids = new Pids();
  let holdfast = await startHoldfast(options);
  pids.note(holdfast, folder);
  return {
    url: holdfast.url,
    key: options.apiKey,
    victims: ['standalone', 'postgres'],
    async kill(victim) {
      pids.note(holdfast, folder);
      if (victim === 'postgres') return killPostgres(folder);
      holdfast.main.kill('SIGKILL');
      await holdfast.main.ended;
      holdfast = await startHoldfast(options);
    },
    database: () => runningDatabase(dataFolder),
    async stop() {
      pids.note(holdfast, folder);
      await holdfast.stop();
      return pids.left();
    },
  };
}
