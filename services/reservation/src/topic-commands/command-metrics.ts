import type { Metrics } from '@holdfast/platform';

type Fate = 'done' | 'refused' | 'failed' | 'repeated' | 'reused_id' | 'malformed';

/** What goes through the asynchronous door. */
export interface DoorMetrics {
  count(kind: string, fate: Fate): void;
  /** @param lagMs from the topic's taking the command to the result's being stored on its topic */
  answered(lagMs: number): void;
}

export function doorMetrics(metrics: Metrics): DoorMetrics {
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
