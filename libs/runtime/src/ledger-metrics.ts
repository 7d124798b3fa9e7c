import type { ProcessorObserver } from '@holdfast/ledger';
import type { Logger, Metrics } from '@holdfast/platform';

const TURN_SIZES = [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024];

/** What goes on in the queues per SKU, as metrics; faults in the log. */
export function ledgerObserver(metrics: Metrics, logger: Logger): ProcessorObserver {
  const waiting = metrics.gauge('holdfast_ledger_waiting_commands', 'Commands that wait or are under way in all queues.');
  const commands = metrics.histogram('holdfast_ledger_turn_commands', 'Commands that one turn of a queue decided.', [], TURN_SIZES);
  const appended = metrics.histogram('holdfast_ledger_append_seconds', 'Time of an append.');
  const conflicts = metrics.counter('holdfast_ledger_conflicts_total', 'Turns decided again because another process was first.');
  const turnedAway = metrics.counter('holdfast_ledger_turned_away_total', 'Commands that a full queue turned away.');
  return {
    queued: (count) => {
      waiting.set(count);
    },
    turnEnded: (turn) => {
      commands.observe(turn.commands);
      if (turn.appendMs > 0) appended.observe(turn.appendMs / 1_000);
      if (turn.conflicts > 0) conflicts.inc(turn.conflicts);
    },
    turnedAway: () => {
      turnedAway.inc();
    },
    storeUnavailable: (error) => {
      logger.warn({ err: error }, 'the event store cannot be reached; trying again');
    },
    snapshotFailed: (error) => {
      logger.warn({ err: error }, 'a snapshot failed; the stream is folded instead');
    },
  };
}
