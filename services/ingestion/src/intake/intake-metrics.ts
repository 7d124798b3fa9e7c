import type { ErpMessage } from '@holdfast/contracts';
import type { Metrics } from '@holdfast/platform';

/** What became of a message. `stale`: a figure not newer than the last one, recorded without effect. */
export type IntakeResult = 'applied' | 'stale' | 'duplicate' | 'parked' | 'rejected' | 'rekeyed';

export interface IntakeMetrics {
  count(type: ErpMessage['type'] | 'unreadable', result: IntakeResult): void;
  /** @param ms from the bus taking it to its effect */
  lag(ms: number): void;
  parked(messages: number): void;
  deadLetter(code: string): void;
}

export function intakeMetrics(metrics: Metrics): IntakeMetrics {
  const messages = metrics.counter('holdfast_erp_messages_total', 'ERP messages by type and result', ['type', 'result']);
  const lag = metrics.histogram('holdfast_erp_message_lag_seconds', 'Time from the bus taking an ERP message to its effect');
  const parked = metrics.gauge('holdfast_erp_parked_messages', 'Messages that wait for a warehouse mapping');
  const deadLetters = metrics.counter('holdfast_erp_dead_letters_total', 'Dead letters of the ERP topic that were kept, by reason', [
    'code',
  ]);
  return {
    count: (type, result) => messages.inc({ type, result }),
    lag: (ms) => lag.observe(Math.max(0, ms) / 1000),
    parked: (count) => parked.set(count),
    deadLetter: (code) => deadLetters.inc({ code }),
  };
}
