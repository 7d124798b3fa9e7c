import type { Metrics } from '@holdfast/platform';

type Fate = 'done' | 'refused' | 'failed' | 'repeated' | 'reused_id' | 'malformed';

/** Counts the commands of the topic by their outcome, and the time from a command to its result. */
export interface CommandMetrics {
  count(kind: string, fate: Fate): void;
  /** @param lagMs from the timestamp of the command on its topic to the storing of its result */
  answered(lagMs: number): void;
}

export function commandMetrics(metrics: Metrics): CommandMetrics {
  const commands = metrics.counter('holdfast_reservation_commands_total', 'Commands that came by the topic, by what became of them.', [
    'kind',
    'fate',
  ]);
  const seconds = metrics.histogram(
    'holdfast_reservation_command_seconds',
    'From the time at which the topic took a command to the time at which its result was stored.',
  );
  return {
    count: (kind, fate) => commands.labels(kind, fate).inc(),
    answered: (lagMs) => seconds.observe(Math.max(0, lagMs) / 1_000),
  };
}
