import type { Pool } from 'pg';
import type { EventStore } from '@holdfast/event-store';
import type { Clock } from '@holdfast/kit';
import type { Logger } from '@holdfast/platform';
import { RebuildRunning, isRebuildRunning, rebuild } from '@holdfast/read-model';
import type { RebuildProgress, RebuildResult } from '@holdfast/read-model';

export interface RebuildParts {
  readonly connectionString: string;
  readonly pool: Pool;
  readonly schema: string;
  readonly eventStore: EventStore;
  readonly logger: Logger;
  readonly clock: Clock;
}

export type RebuildState =
  | { readonly status: 'none' }
  /** Another process of Holdfast, or the command line, rebuilds. */
  | { readonly status: 'running_elsewhere' }
  | { readonly status: 'running'; readonly startedAt: number; readonly progress: RebuildProgress | undefined }
  | { readonly status: 'done'; readonly startedAt: number; readonly finishedAt: number; readonly result: RebuildResult }
  | { readonly status: 'failed'; readonly startedAt: number; readonly finishedAt: number; readonly error: string };

/** Rebuilds that this process was asked for; the newest is remembered. */
export class Rebuilds {
  private state: RebuildState = { status: 'none' };
  private running: Promise<void> = Promise.resolve();
  private readonly stopping = new AbortController();

  constructor(private readonly parts: RebuildParts) {}

  async current(): Promise<RebuildState> {
    if (this.state.status === 'running') return this.state;
    return (await isRebuildRunning(this.parts.pool, this.parts.schema)) ? { status: 'running_elsewhere' } : this.state;
  }

  /** Begins one and returns at once. @throws RebuildRunning when one runs, here or elsewhere */
  async begin(): Promise<RebuildState> {
    const { status } = await this.current();
    if (status === 'running' || status === 'running_elsewhere') throw new RebuildRunning();
    const startedAt = this.parts.clock.now();
    this.state = { status: 'running', startedAt, progress: undefined };
    this.running = this.run(startedAt);
    return this.state;
  }

  /** Breaks off what runs; the live tables stay as they are. */
  async stop(): Promise<void> {
    this.stopping.abort(new Error('Holdfast stops'));
    await this.running;
  }

  private async run(startedAt: number): Promise<void> {
    const { logger, clock } = this.parts;
    try {
      const onProgress = (progress: RebuildProgress): void => void (this.state = { status: 'running', startedAt, progress });
      const result = await rebuild({ ...this.parts, swap: true, onProgress, signal: this.stopping.signal });
      this.state = { status: 'done', startedAt, finishedAt: clock.now(), result };
      logger.info({ events: result.events, equal: result.equal, corrected: result.corrected }, 'the read model was rebuilt');
    } catch (error) {
      this.state = { status: 'failed', startedAt, finishedAt: clock.now(), error: error instanceof Error ? error.message : String(error) };
      logger.error({ err: error }, 'the rebuild failed; the tables are as they were');
    }
  }
}
