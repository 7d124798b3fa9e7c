import type { RecordedEvent } from '@holdfast/event-store';
import type { Clock, Metrics } from '@holdfast/platform';

/** Figures of the projector for those who watch it. */
export class ProjectionMetrics {
  private readonly events;
  private readonly lag;
  private readonly active;

  constructor(
    metrics: Metrics,
    private readonly clock: Clock,
  ) {
    this.events = metrics.counter('holdfast_projection_events_total', 'Events projected');
    this.lag = metrics.histogram(
      'holdfast_projection_lag_seconds',
      'Time from the recording of an event until it was handed to the tables',
    );
    this.active = metrics.gauge('holdfast_projection_active', '1 where this process projects, 0 where it stands by');
  }

  projected(events: readonly RecordedEvent[]): void {
    const oldest = events[0];
    if (oldest === undefined) return;
    this.events.inc(events.length);
    this.lag.observe(Math.max(0, this.clock.now() - oldest.recordedAt) / 1000);
  }

  setActive(active: boolean): void {
    this.active.set(active ? 1 : 0);
  }
}
