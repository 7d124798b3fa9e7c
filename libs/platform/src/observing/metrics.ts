import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';

/** Seconds; fine below 25 ms, as that is where the promises of the product lie. */
const SECONDS_BUCKETS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/** Metrics of one process. Asking twice for a name gives the same metric, as services may share a process. */
export class Metrics {
  readonly registry = new Registry();
  readonly contentType = this.registry.contentType;

  counter<Label extends string>(name: string, help: string, labelNames: readonly Label[] = []): Counter<Label> {
    return this.once(name, Counter<Label>, () => new Counter({ name, help, labelNames: [...labelNames], registers: [this.registry] }));
  }

  gauge<Label extends string>(name: string, help: string, labelNames: readonly Label[] = []): Gauge<Label> {
    return this.once(name, Gauge<Label>, () => new Gauge({ name, help, labelNames: [...labelNames], registers: [this.registry] }));
  }

  /** @param buckets upper bounds; seconds from 1 ms to 10 s when not given */
  histogram<Label extends string>(
    name: string,
    help: string,
    labelNames: readonly Label[] = [],
    buckets: readonly number[] = SECONDS_BUCKETS,
  ): Histogram<Label> {
    return this.once(
      name,
      Histogram<Label>,
      () => new Histogram({ name, help, labelNames: [...labelNames], buckets: [...buckets], registers: [this.registry] }),
    );
  }

  /** Text format of Prometheus. */
  exposition(): Promise<string> {
    return this.registry.metrics();
  }

  private once<Kind extends object>(name: string, kind: abstract new (...options: never[]) => Kind, make: () => Kind): Kind {
    const known: unknown = this.registry.getSingleMetric(name);
    if (known === undefined) return make();
    if (known instanceof kind) return known;
    throw new Error(`metric ${name} exists already with another type`);
  }
}

/** Metrics of this process with those of Node.js (memory, event loop, garbage collection). */
export function createMetrics(): Metrics {
  const metrics = new Metrics();
  collectDefaultMetrics({ register: metrics.registry });
  return metrics;
}
