import type { KafkaBusOptions } from './options.js';
import type { Bus } from '../port.js';

/** The bus on Kafka. Its client is loaded only now: a process on embedded engines does without. */
export async function openKafkaBus(options: KafkaBusOptions): Promise<Bus> {
  const { KafkaBus } = await import('./kafka-bus.js');
  return new KafkaBus(options);
}
