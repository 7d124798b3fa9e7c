import type { RecordedEvent } from '@holdfast/event-store';
import type { Clock } from '@holdfast/kit';
import type { Metrics } from '@holdfast/platform';

/** Figures of the projector for those who watch it. */
export class ProjectionMetrics {
  private readonly events;
  private readonly lag;
  private readonly active;
  private readonly stages;
  private readonly setAside;

  constructor(
    metrics: Metrics,
    private readonly clock: Clock,
  ) {
    this.events = metrics.counter('holdfast_projection_events_total', 'Events projected');
    this.lag = metrics.histogram(
      'holdfast_projection_lag_seconds',
      'Time from the recording of an event until its messages were published',
    );
    this.stages = metrics.histogram('holdfast_projection_stage_seconds', 'Time of each stage of a turn', ['stage']);
    this.setAside = metrics.gauge('holdfast_projection_set_aside_streams', 'Streams whose rows stand still: an event cannot be projected');
    this.active = metrics.gauge('holdfast_projection_active', '1 where this process projects, 0 where it stands by');
  }

  /** Measures how long a stage of a turn takes. */
  async stage<Result>(stage: 'fold' | 'write' | 'publish', work: () => Promise<Result>): Promise<Result> {
    const done = this.stages.startTimer({ stage });
    try {
      return await work();
    } finally {
      done();
    }
  }

  projected(events: readonly RecordedEvent[]): void {
    const oldest = events[0];
    if (oldest === undefined) return;
    this.events.inc(events.length);
    this.lag.observe(Math.max(0, this.clock.now() - oldest.recordedAt) / 1000);
  }

  setSetAside(streams: number): void {
    this.setAside.set(streams);
  }

  setActive(active: boolean): void {
    this.active.set(active ? 1 : 0);
  }
}
