import { STREAMS } from '@holdfast/contracts';
import type { ArrivedCommand, TurnFigures } from '@holdfast/ledger';
import type { CancelTimer, Clock, Timers } from '@holdfast/kit';
import type { TurnListener } from '@holdfast/runtime';
import { FAIRNESS_BURST, FAIRNESS_PER_SECOND, FAIRNESS_WRITE_EVERY_MS } from '../limits.js';
import { contendersOf, turnedAway, type Contender } from './contention.js';
import type { ContendedTurn, FairnessTable } from './fairness-table.js';

const NOT_SERVED = -1;
const MOST_SKUS_MISSED = 1_000;

export interface RecorderParts {
  readonly table: Pick<FairnessTable, 'write'>;
  /** Of this process; arrivals count up in it. */
  readonly process: string;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly written: (contenders: number) => void;
  readonly missed: (commands: number) => void;
  readonly onFault: (error: unknown) => void;
}

interface PendingTurn extends Pick<TurnFigures, 'stream' | 'revision' | 'conflicts'> {
  readonly at: number;
  readonly contenders: readonly Contender[];
}

interface PendingAway {
  readonly stream: string;
  readonly at: number;
  readonly command: ArrivedCommand;
}

/**
 * Notes contended turns of the queues and writes them in the background. It notes a limited number a second, so that it does not slow the
 * queues; above that it only counts.
 */
export class FairnessRecorder implements TurnListener {
  private turns: PendingTurn[] = [];
  private away: PendingAway[] = [];
  private readonly missed = new Map<string, number>();
  private allowance = FAIRNESS_BURST;
  private refilledAt: number;
  private cancel: CancelTimer | undefined;
  private writing: Promise<void> = Promise.resolve();

  constructor(private readonly parts: RecorderParts) {
    this.refilledAt = parts.clock.now();
  }

  turnEnded({ stream, revision, conflicts, commands, events, served }: TurnFigures): void {
    // A single command that was granted: no contention.
    if (commands === 1 && events > 0) return;
    if (!this.afford(stream, commands)) return;
    // Converted at once, so that the buffer does not keep commands and events in memory.
    const contenders = contendersOf(served());
    if (contenders.length === 0) return;
    this.turns.push({ stream, revision, conflicts, at: this.parts.clock.now(), contenders });
    this.schedule();
  }

  turnedAway(stream: string, command?: ArrivedCommand): void {
    if (command === undefined || !this.afford(stream, 1)) return;
    this.away.push({ stream, at: this.parts.clock.now(), command });
    this.schedule();
  }

  /** Resolves when everything noted so far was written, or its write failed. */
  flush(): Promise<void> {
    this.cancel?.();
    this.cancel = undefined;
    this.writing = this.writing.then(() => this.write());
    return this.writing;
  }

  private afford(stream: string, commands: number): boolean {
    this.refill();
    if (this.allowance >= commands) {
      this.allowance -= commands;
      return true;
    }
    this.parts.missed(commands);
    if (this.missed.has(stream) || this.missed.size < MOST_SKUS_MISSED) this.missed.set(stream, (this.missed.get(stream) ?? 0) + commands);
    this.schedule();
    return false;
  }

  private schedule(): void {
    this.cancel ??= this.parts.timers.after(FAIRNESS_WRITE_EVERY_MS, () => void this.flush());
  }

  /** What was used up comes back with time. */
  private refill(): void {
    const now = this.parts.clock.now();
    this.allowance = Math.min(FAIRNESS_BURST, this.allowance + ((now - this.refilledAt) * FAIRNESS_PER_SECOND) / 1_000);
    this.refilledAt = now;
  }

  private async write(): Promise<void> {
    const rows = this.rows();
    if (rows.length === 0) return;
    const contenders = rows.reduce((sum, row) => sum + row.contenders.length, 0);
    try {
      await this.parts.table.write(rows);
      this.parts.written(contenders);
    } catch (error) {
      // A failed write is counted as missed and not retried: the log must not delay reservations.
      this.parts.missed(contenders);
      this.parts.onFault(error);
    }
  }

  private rows(): readonly ContendedTurn[] {
    const { turns, away } = this;
    this.turns = [];
    this.away = [];
    const now = this.parts.clock.now();
    return [
      ...turns.map(({ stream, revision, conflicts, at, contenders }) => this.row(stream, at, contenders, revision, conflicts)),
      ...[...byStream(away)].map(([stream, { at, contenders }]) => this.row(stream, at, contenders)),
      ...[...this.missed].map(([stream]) => this.row(stream, now, [])),
    ];
  }

  private row(stream: string, at: number, contenders: readonly Contender[], revision = NOT_SERVED, retries = 0): ContendedTurn {
    const { tenant, id: sku } = STREAMS.stock.parse(stream);
    const missed = this.missed.get(stream) ?? 0;
    this.missed.delete(stream);
    return { tenant, sku, process: this.parts.process, at, revision, retries, missed, contenders };
  }
}

function byStream(away: readonly PendingAway[]): ReadonlyMap<string, { readonly at: number; readonly contenders: readonly Contender[] }> {
  const streams = new Map<string, { readonly at: number; readonly contenders: Contender[] }>();
  for (const { stream, at, command } of away) {
    const contender = turnedAway(command);
    if (contender === undefined) continue;
    const known = streams.get(stream) ?? { at, contenders: [] };
    known.contenders.push(contender);
    streams.set(stream, known);
  }
  return streams;
}
