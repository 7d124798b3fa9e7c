import type { RoutedService } from '../services/services.js';
import type { Secret } from './secret.js';

export const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/** The whole environment of a process, read once at its start. */
export interface HoldfastConfig {
  readonly port: number;
  readonly host: string;
  /** Folder of the embedded engines. */
  readonly dataFolder: string;
  /** Admin key of the tenant `demo`. */
  readonly apiKey?: Secret;
  /** Key of the operator of the installation, for what concerns all tenants. Without one, these actions are not available over HTTP. */
  readonly operatorKey?: Secret;
  /** Whether the first start loads sample data. */
  readonly sample: boolean;
  /** Each of the three replaces its embedded engine. */
  readonly databaseUrl?: Secret;
  readonly eventStoreDbUrl?: Secret;
  readonly kafkaBrokers?: readonly string[];
  /** Signs the caller between gateway and services that run as own processes. */
  readonly internalSecret?: Secret;
  /** Seals what channels and ERPs gave as credentials. Every process of an installation has the same; embedded, a file holds it. */
  readonly secretKey?: Secret;
  readonly jwt: JwtConfig;
  readonly logLevel: LogLevel;
  /** Requests a second of one key; short bursts of twice as many pass. */
  readonly ratePerSecond: number;
  /** Requests a second of one remote address as long as its caller is not known; bursts of ten times as many pass. */
  readonly unknownRatePerSecond: number;
  readonly bodyLimitBytes: number;
  /** Longest file of an import. */
  readonly importLimitBytes: number;
  /** Where services answer that run in processes of their own. One URL an instance; `dns+http://name:port` stands for every address of the name. */
  readonly serviceUrls: Readonly<Partial<Record<RoutedService, readonly string[]>>>;
  /** Whether callers of GraphQL may ask for its schema. */
  readonly graphqlIntrospection: boolean;
  /** Connections of one process to Postgres. */
  readonly databasePoolSize: number;
  /** Whether webhooks may go to private and loopback addresses. */
  readonly webhooksToPrivateAddresses: boolean;
  /** A channel's order that is done is kept so many days after the channel last told something new of it. */
  readonly channelOrderDays: number;
  /** So many days a message that a channel sends again changes nothing. */
  readonly channelMessageDays: number;
  /** Whether the gateway serves the console. */
  readonly console: boolean;
  /** Whether the console may be signed into over plain HTTP from other machines. */
  readonly consoleOverHttp: boolean;
  /** Address under which others reach the gateway, without a slash at its end; absent where requests tell it. */
  readonly publicUrl?: string;
}

export interface JwtConfig {
  /** HS256 secret. */
  readonly secret?: Secret;
  readonly jwksUrl?: string;
  readonly issuer?: string;
  readonly audience?: string;
}
