import { setTimeout as sleep } from 'node:timers/promises';
import type { Degraded } from '@holdfast/platform';
import { Fenced, listSetAside } from '@holdfast/read-model';
import { takeLead } from './lead.js';
import { runSession } from './session.js';
import type { SessionParts } from './session.js';

export interface ProjectorParts extends SessionParts {
  readonly connectionString: string;
}

const FIRST_PAUSE_MS = 100;
const MAX_PAUSE_MS = 2_000;
/** A fault that ends sooner is not reported as unhealthy. */
const UNHEALTHY_AFTER_MS = 5_000;
/** For the turn under way to get its messages out. */
const STOP_PATIENCE_MS = 3_000;

/**
 * Keeps the read model and its topics up to date with the event store: one process projects, the others wait and take over when it ends.
 */
export class Projector {
  private readonly stopping = new AbortController();
  private readonly givingUp = new AbortController();
  private running: Promise<void> = Promise.resolve();
  private failingSince: number | undefined;
  private lastError = '';

  constructor(private readonly parts: ProjectorParts) {}

  start(): void {
    this.running = this.keepRunning();
  }

  async stop(): Promise<void> {
    this.stopping.abort(new Error('the projection is stopped'));
    const patience = setTimeout(() => this.givingUp.abort(new Error('the projection is stopped')), STOP_PATIENCE_MS);
    await this.running;
    clearTimeout(patience);
  }

  /** For the health report; degraded while streams are set aside. @throws when the projection has failed for a while */
  async check(): Promise<void | Degraded> {
    if (this.failingSince !== undefined && performance.now() - this.failingSince >= UNHEALTHY_AFTER_MS)
      throw new Error(`the projection does not get on: ${this.lastError}`);
    const { length } = await listSetAside(this.parts.pool, this.parts.schema);
    return length === 0 ? undefined : { degraded: `streams set aside, whose rows stand still: ${length}` };
  }

  private async keepRunning(): Promise<void> {
    let pauseMs = FIRST_PAUSE_MS;
    while (!this.stopping.signal.aborted) {
      try {
        await this.lead(() => (pauseMs = FIRST_PAUSE_MS));
      } catch (error) {
        if (this.stopping.signal.aborted) return;
        this.note(error);
        await sleep(pauseMs, undefined, { signal: this.stopping.signal }).catch(() => undefined);
        pauseMs = Math.min(pauseMs * 2, MAX_PAUSE_MS);
      }
    }
  }

  private async lead(onStarted: () => void): Promise<void> {
    const { connectionString, schema, logger, metrics } = this.parts;
    const lead = await takeLead(connectionString, schema, this.stopping.signal);
    try {
      const end = AbortSignal.any([lead.lost, this.stopping.signal]);
      const giveUp = AbortSignal.any([lead.lost, this.givingUp.signal]);
      metrics.setActive(true);
      await runSession(this.parts, { end, giveUp }, () => {
        this.failingSince = undefined;
        onStarted();
        logger.info('this process projects');
      });
      lead.lost.throwIfAborted();
    } finally {
      metrics.setActive(false);
      await lead.release().catch(() => undefined);
    }
  }

  private note(error: unknown): void {
    if (error instanceof Fenced) return this.parts.logger.info('the tables were swapped or taken over; beginning again from them');
    this.failingSince ??= performance.now();
    this.lastError = error instanceof Error ? error.message : String(error);
    this.parts.logger.warn({ err: error }, 'the projection begins again from its checkpoint');
  }
}
