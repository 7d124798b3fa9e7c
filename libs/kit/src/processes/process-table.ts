import { randomUUID } from 'node:crypto';
import type { Pool } from 'pg';
import type { BackOff } from '../waiting/back-off.js';
import { pause } from '../waiting/pause.js';

/** One process of a kind: a transfer, a count. */
export interface ProcessRef {
  readonly tenant: string;
  readonly id: string;
}

export interface ProcessTimes {
  /** A process without a sign of life from its driver for this long may be driven by another. */
  readonly leaseMs: number;
  /** How long a driver waits for the one before. */
  readonly patienceMs: number;
  /** Pause after an attempt that failed, before the watchdog tries again. */
  readonly retry: BackOff;
}

/** Another driver has the process for longer than is worth waiting. */
export class ProcessBusy extends Error {}

/** The lease ended, and another driver may be at work: nothing more may be done. */
export class LeaseLost extends Error {}

/** What the driver of a process holds. It is renewed by itself while the work goes on. */
export interface Lease {
  /** To be called before each step. @throws LeaseLost */
  check(): void;
  /** Asks the database, before the process itself is decided on. @throws LeaseLost */
  confirm(): Promise<void>;
}

/** The table of a service's running processes; a migration of the service makes it. */
export const processTable = (table: string): string => `
  CREATE TABLE ${table} (
    kind text NOT NULL,
    tenant text NOT NULL,
    id text NOT NULL,
    owner uuid,
    lease_until timestamptz,
    failures integer NOT NULL DEFAULT 0,
    next_attempt_at timestamptz,
    PRIMARY KEY (kind, tenant, id)
  )`;

const LOOK_MS = 50;

/**
 * Who drives each process, among all processes of the system, and when one that failed is tried again.
 *
 * A lease keeps two drivers apart as long as both are well. It cannot stop a step that its driver sent before it stood still: such a step
 * may take effect after another driver has taken over. So what a step does must be refused where its attempt was ended meanwhile: each
 * attempt has an id, an attempt that is given up is closed under that id wherever it may still take effect, and reports to the process'
 * own stream name the attempt that they are about.
 */
export class ProcessTable {
  private readonly sql: ReturnType<typeof statements>;

  constructor(
    private readonly pool: Pool,
    table: string,
    private readonly kind: string,
    private readonly times: ProcessTimes,
  ) {
    this.sql = statements(table);
  }

  /**
   * Drives a process. A failure is remembered: the next attempt of the watchdog comes after a pause that grows with each.
   * @throws ProcessBusy, LeaseLost, and what the work throws
   */
  async hold<Result>(ref: ProcessRef, work: (lease: Lease) => Promise<Result>): Promise<Result> {
    const holder = new Holder(() => this.take(ref, owner), this.times.leaseMs);
    const owner = randomUUID();
    for (let waited = 0; !(await holder.renew()); waited += LOOK_MS) {
      if (waited >= this.times.patienceMs) throw new ProcessBusy(`${this.kind} ${ref.id} is driven by another`);
      await pause(LOOK_MS);
    }
    holder.keep();
    try {
      const result = await work(holder);
      await holder.stop();
      await this.pool.query(this.sql.end, [this.kind, ref.tenant, ref.id, owner]);
      return result;
    } catch (error) {
      await holder.stop();
      const { firstMs, mostMs } = this.times.retry;
      // What cannot be written down costs the pause only: the lease runs out by itself.
      await this.pool.query(this.sql.fail, [this.kind, ref.tenant, ref.id, owner, firstMs, mostMs]).catch(() => undefined);
      throw error;
    }
  }

  private async take({ tenant, id }: ProcessRef, owner: string): Promise<boolean> {
    const { rowCount } = await this.pool.query(this.sql.take, [this.kind, tenant, id, owner, this.times.leaseMs]);
    return rowCount === 1;
  }
}

class Holder implements Lease {
  /** By this process' steady clock, from before the database was asked: never later than the database's own end of the lease. */
  private validUntil = Number.NEGATIVE_INFINITY;
  private timer: NodeJS.Timeout | undefined;
  private renewing: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly take: () => Promise<boolean>,
    private readonly leaseMs: number,
  ) {}

  /** @returns false where another has it */
  async renew(): Promise<boolean> {
    const asked = performance.now();
    const taken = await this.take();
    this.validUntil = taken ? asked + this.leaseMs : Number.NEGATIVE_INFINITY;
    return taken;
  }

  keep(): void {
    this.timer = setInterval(() => {
      // A database that does not answer ends the lease by time.
      if (this.isValid()) this.renewing = this.renew().catch(() => undefined);
    }, this.leaseMs / 3);
  }

  async stop(): Promise<void> {
    clearInterval(this.timer);
    await this.renewing;
  }

  check(): void {
    if (!this.isValid()) throw new LeaseLost('the lease of the process has ended');
  }

  async confirm(): Promise<void> {
    this.check();
    if (!(await this.renew())) this.check();
  }

  private isValid(): boolean {
    return performance.now() < this.validUntil;
  }
}

const MINE = 'kind = $1 AND tenant = $2 AND id = $3 AND owner = $4';

const statements = (table: string) => ({
  take: `
    INSERT INTO ${table} AS p (kind, tenant, id, owner, lease_until) VALUES ($1, $2, $3, $4, now() + $5 * interval '1 millisecond')
    ON CONFLICT (kind, tenant, id) DO UPDATE SET owner = excluded.owner, lease_until = excluded.lease_until
    WHERE p.owner = excluded.owner OR p.lease_until IS NULL OR p.lease_until < now()`,
  end: `DELETE FROM ${table} WHERE ${MINE}`,
  fail: `
    UPDATE ${table} SET owner = NULL, lease_until = NULL, failures = failures + 1,
           next_attempt_at = now() + least($6, $5 * 2 ^ least(failures, 30)) * (0.5 + random() / 2) * interval '1 millisecond'
     WHERE ${MINE}`,
});
