import { LeaseLost, ProcessBusy, type Lease, type ProcessRef, type ProcessTable } from '@holdfast/kit';
import { reach, type Faults, type Life, type Random, type VirtualTime } from '@holdfast/simulation';
import { DatabaseUnavailable } from '../ingestion/kept-intake.js';

/** Short, so that drivers that die, or stand still, are followed by another within a run. */
export const LEASE_MS = 1_200;
const PATIENCE_MS = 600;
const LOOK_MS = 50;
const RETRY_MS = { first: 150, most: 2_000 } as const;

interface Row {
  owner: string | undefined;
  until: number;
  failures: number;
  nextAttemptAt: number;
}

/** The table of running processes, which outlives every process of the service; the rules of its statements are those of `ProcessTable`. */
export class KeptLeases {
  readonly #rows = new Map<string, Row>();

  constructor(private readonly time: VirtualTime) {}

  take(id: string, owner: string): boolean {
    const row = this.#rows.get(id) ?? { owner: undefined, until: 0, failures: 0, nextAttemptAt: 0 };
    if (row.owner !== owner && row.owner !== undefined && row.until >= this.time.now()) return false;
    this.#rows.set(id, { ...row, owner, until: this.time.now() + LEASE_MS });
    return true;
  }

  end(id: string, owner: string): void {
    if (this.#rows.get(id)?.owner === owner) this.#rows.delete(id);
  }

  fail(id: string, owner: string): void {
    const row = this.#rows.get(id);
    if (row?.owner !== owner) return;
    const pauseMs = Math.min(RETRY_MS.most, RETRY_MS.first * 2 ** row.failures);
    this.#rows.set(id, { owner: undefined, until: 0, failures: row.failures + 1, nextAttemptAt: this.time.now() + pauseMs });
  }

  /** Whether the watchdog may drive it now. */
  isDue(id: string): boolean {
    const row = this.#rows.get(id);
    return row === undefined || (row.until < this.time.now() && row.nextAttemptAt <= this.time.now());
  }
}

const unknown = (): Error => new DatabaseUnavailable('the simulated database did not answer');

/** Rate of confirmations after which a driver stands still for longer than its lease, and goes on as if nothing were. */
const STANDS_STILL = 0.04;

/** The table for one life of a process, over a network that fails as the faults say. */
export function simulatedLeases(kept: KeptLeases, life: Life, faults: Faults, random: Random): Pick<ProcessTable, 'hold'> {
  const ask = <T>(work: () => T): Promise<T> => reach(life, faults, async () => Promise.resolve(work()), unknown);
  const { time } = life;
  return {
    async hold<Result>({ id }: ProcessRef, work: (lease: Lease) => Promise<Result>): Promise<Result> {
      const owner = random.uuid();
      let validUntil = Number.NEGATIVE_INFINITY;
      let isAtWork = true;
      const renew = async (): Promise<boolean> => {
        const asked = time.now();
        const taken = await ask(() => kept.take(id, owner));
        validUntil = taken ? asked + LEASE_MS : Number.NEGATIVE_INFINITY;
        return taken;
      };
      const check = (): void => {
        if (time.now() >= validUntil) throw new LeaseLost('the lease of the process has ended');
      };
      const confirm = async (): Promise<void> => {
        check();
        if (!(await renew())) check();
        if (random.chance(STANDS_STILL)) await life.sleep(2 * LEASE_MS);
      };
      for (let waited = 0; !(await renew()); waited += LOOK_MS) {
        if (waited >= PATIENCE_MS) throw new ProcessBusy(`${id} is driven by another`);
        await life.sleep(LOOK_MS);
      }
      const keep = async (): Promise<void> => {
        for (;;) {
          await life.sleep(LEASE_MS / 3);
          if (!isAtWork || time.now() >= validUntil) return;
          await renew().catch(() => undefined);
        }
      };
      void keep();
      try {
        const result = await work({ check, confirm });
        isAtWork = false;
        await ask(() => kept.end(id, owner));
        return result;
      } catch (error) {
        isAtWork = false;
        await ask(() => kept.fail(id, owner)).catch(() => undefined);
        throw error;
      }
    },
  };
}
