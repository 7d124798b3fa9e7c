import type { KafkaConfig } from 'kafkajs';

/** A line of the Kafka client's own log. */
export interface KafkaLogLine {
  readonly level: 'error' | 'warn' | 'info' | 'debug';
  readonly message: string;
  readonly fields: Readonly<Record<string, unknown>>;
}

export interface KafkaBusOptions {
  /** `host:port` of some brokers; the others are found through them. */
  readonly brokers: readonly string[];
  /** Shown in the broker's logs and quotas; default `holdfast`. */
  readonly clientId?: string;
  readonly ssl?: NonNullable<KafkaConfig['ssl']>;
  readonly sasl?: NonNullable<KafkaConfig['sasl']>;
  /** Copies of each partition of topics created here; default −1, the brokers' own default. */
  readonly replicationFactor?: number;
  /** How long a member that was killed or froze keeps its partitions; the brokers' bounds apply (6,000 at least, by default); default 10,000. */
  readonly sessionTimeoutMs?: number;
  /** How long a handler may take before a rebalance goes on without it; default 60,000. */
  readonly rebalanceTimeoutMs?: number;
  /** Where the client's own log lines go; default nowhere. Each outage makes many. */
  readonly onLog?: (line: KafkaLogLine) => void;
  /** Called with faults of background work from which the bus recovers by itself. */
  readonly onFault?: (error: unknown) => void;
}

export type Settings = Required<Omit<KafkaBusOptions, 'ssl' | 'sasl'>> & Pick<KafkaBusOptions, 'ssl' | 'sasl'>;

export const settingsOf = (options: KafkaBusOptions): Settings => ({
  clientId: 'holdfast',
  replicationFactor: -1,
  sessionTimeoutMs: 10_000,
  rebalanceTimeoutMs: 60_000,
  onLog: () => undefined,
  onFault: () => undefined,
  ...options,
});
