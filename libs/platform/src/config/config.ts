import type { Secret } from './secret.js';

export const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/** Services that the gateway routes to; `<NAME>_URL` says where each answers when it runs as its own process, or as several. */
export const ROUTED_SERVICES = ['ingestion', 'reservation', 'atp-projection', 'channel-connector', 'workflow'] as const;
export type RoutedServiceName = (typeof ROUTED_SERVICES)[number];

/** The whole environment of a process, read once at its start. */
export interface HoldfastConfig {
  readonly port: number;
  readonly host: string;
  /** Folder of the embedded engines. */
  readonly dataFolder: string;
  /** Admin key of the tenant `demo`. */
  readonly apiKey?: Secret;
  /** Whether the first start loads sample data. */
  readonly sample: boolean;
  /** Each of the three replaces its embedded engine. */
  readonly databaseUrl?: Secret;
  readonly eventStoreDbUrl?: Secret;
  readonly kafkaBrokers?: readonly string[];
  /** Signs the caller between gateway and services that run as own processes. */
  readonly internalSecret?: Secret;
  readonly jwt: JwtConfig;
  readonly logLevel: LogLevel;
  /** Requests a second of one key; short bursts of twice as many pass. */
  readonly ratePerSecond: number;
  readonly bodyLimitBytes: number;
  /** One URL an instance; `dns+http://name:port` stands for every address of the name. */
  readonly serviceUrls: Readonly<Partial<Record<RoutedServiceName, readonly string[]>>>;
  /** Connections of one process to Postgres. */
  readonly databasePoolSize: number;
  /** Whether webhooks may go to private and loopback addresses. */
  readonly webhooksToPrivateAddresses: boolean;
}

export interface JwtConfig {
  /** HS256 secret. */
  readonly secret?: Secret;
  readonly jwksUrl?: string;
  readonly issuer?: string;
  readonly audience?: string;
}
