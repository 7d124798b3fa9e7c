import type { CancelTimer, Clock, Timers } from '@holdfast/kit';
import type { SandboxClock } from '@holdfast/sandbox';
import pg, { type Pool } from 'pg';

const SCHEMA = 'leaping_time';

/** `now()` and `clock_timestamp()` of connections that find this schema before Postgres's own. */
const FUNCTIONS = `
  CREATE SCHEMA ${SCHEMA};
  CREATE TABLE ${SCHEMA}.ahead (ms float8 NOT NULL);
  INSERT INTO ${SCHEMA}.ahead VALUES (0);
  CREATE FUNCTION ${SCHEMA}.now() RETURNS timestamptz LANGUAGE sql STABLE
    AS $$ SELECT pg_catalog.now() + (SELECT ms FROM ${SCHEMA}.ahead) * interval '1 millisecond' $$;
  CREATE FUNCTION ${SCHEMA}.clock_timestamp() RETURNS timestamptz LANGUAGE sql VOLATILE
    AS $$ SELECT pg_catalog.clock_timestamp() + (SELECT ms FROM ${SCHEMA}.ahead) * interval '1 millisecond' $$;`;

type Condition = () => boolean | Promise<boolean>;

interface Waiting {
  readonly at: number;
  readonly run: () => void;
}

/**
 * One time for a service under test, its database and the vendor that it calls. It passes as usual, and leaps ahead where a spec says so:
 * then what waits for the time between, in the process or in the database, is due.
 */
export class LeapingTime implements Clock, Timers, SandboxClock {
  private aheadMs = 0;
  private pool: Pool | undefined;
  private readonly waiting = new Map<NodeJS.Timeout, Waiting>();

  readonly now = (): number => Date.now() + this.aheadMs;

  after(delayMs: number, run: () => void): CancelTimer {
    const timer = setTimeout(
      () => {
        this.waiting.delete(timer);
        run();
      },
      Math.max(0, Math.min(delayMs, LONGEST_TIMER_MS)),
    ).unref();
    this.waiting.set(timer, { at: this.now() + delayMs, run });
    return () => this.cancel(timer);
  }

  /** A pool on this database whose statements go by this time. */
  async poolOn(connectionString: string): Promise<Pool> {
    const options = encodeURIComponent(`-c search_path=${SCHEMA},public,pg_catalog`);
    this.pool = new pg.Pool({ connectionString: `${connectionString}&options=${options}`, max: 10 });
    this.pool.on('error', () => undefined);
    await this.pool.query(FUNCTIONS);
    return this.pool;
  }

  /** Everything that is not due within so many milliseconds stays waiting. */
  async leap(ms: number): Promise<void> {
    this.aheadMs += Math.round(ms);
    await this.pool?.query(`UPDATE ${SCHEMA}.ahead SET ms = $1`, [this.aheadMs]);
    const due = [...this.waiting].filter(([, { at }]) => at <= this.now()).sort(([, one], [, other]) => one.at - other.at);
    for (const [timer, { run }] of due)
      // One that ran may have cancelled another.
      if (this.cancel(timer)) run();
  }

  /** Leaps until the condition holds, by steps that grow unless told: what takes long, as a feed does, is waited for with few looks. */
  async until(condition: Condition, stepMs?: number): Promise<void> {
    let step = FIRST_STEP_MS;
    await this.look(condition, async () => {
      await this.leap(stepMs ?? step);
      step = Math.min(MOST_STEP_MS, step * GROWTH);
    });
  }

  /** Waits, without a leap, until the condition holds: for what must happen at once. */
  soon(condition: Condition): Promise<void> {
    return this.look(condition, () => Promise.resolve());
  }

  async close(): Promise<void> {
    for (const timer of this.waiting.keys()) clearTimeout(timer);
    this.waiting.clear();
    await this.pool?.end();
  }

  private async look(condition: Condition, between: () => Promise<void>): Promise<void> {
    const deadline = performance.now() + PATIENCE_MS;
    while (!(await condition())) {
      if (performance.now() > deadline) throw new Error(`not within ${String(PATIENCE_MS)} ms: ${condition.toString()}`);
      await between();
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
    }
  }

  private cancel(timer: NodeJS.Timeout): boolean {
    clearTimeout(timer);
    return this.waiting.delete(timer);
  }
}

const FIRST_STEP_MS = 100;
const MOST_STEP_MS = 2_000;
const GROWTH = 1.4;
/** For what is due to be done. */
const PAUSE_MS = 15;
/** Of real time. */
const PATIENCE_MS = 120_000;
const LONGEST_TIMER_MS = 2_147_483_647;
