import type { RoutedService } from '../services/services.js';
import { ROUTED_SERVICES, urlVariable } from '../services/services.js';
import type { HoldfastConfig } from './config.js';
import { LOG_LEVELS } from './config.js';
import type { Environment } from './environment.js';
import { ConfigError, EnvironmentReader } from './environment.js';

const MEBIBYTE = 1_048_576;

/** Drops what is not set, as optional properties must be absent rather than undefined. */
function present<Shape extends object>(values: Shape): { [Key in keyof Shape]?: Exclude<Shape[Key], undefined> } {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as {
    [Key in keyof Shape]?: Exclude<Shape[Key], undefined>;
  };
}

function readBrokers(reader: EnvironmentReader): readonly string[] | undefined {
  const brokers = reader
    .text('KAFKA_BROKERS')
    ?.split(',')
    .map((broker) => broker.trim());
  if (brokers === undefined) return undefined;
  if (!brokers.every((broker) => /^(\[[0-9a-f:]+\]|[^\s:/]+):\d{1,5}$/i.test(broker)))
    reader.fault('KAFKA_BROKERS', 'must be host:port pairs parted by commas', 'localhost:9092,localhost:9093');
  return brokers;
}

function readServiceUrls(reader: EnvironmentReader): HoldfastConfig['serviceUrls'] {
  const urls: Partial<Record<RoutedService, readonly string[]>> = {};
  ROUTED_SERVICES.forEach((service, index) => {
    const instances = reader.urls(urlVariable(service), ['http', 'https', 'dns+http'], `http://localhost:${3001 + index}`);
    if (instances !== undefined) urls[service] = [...new Set(instances.map((url) => url.replace(/\/+$/, '')))];
  });
  return urls;
}

/**
 * Reads the environment into one typed value.
 * @throws ConfigError that names every fault at once.
 */
export function loadConfig(environment: Environment): HoldfastConfig {
  const reader = new EnvironmentReader(environment);
  const databaseUrl = reader.secretUrl('DATABASE_URL', ['postgres', 'postgresql'], 'postgres://user:password@localhost:5432/holdfast');
  const config: HoldfastConfig = {
    port: reader.whole('PORT', { min: 0, max: 65_535, fallback: 3000 }),
    host: reader.text('HOST') ?? '127.0.0.1',
    dataFolder: reader.text('HOLDFAST_DATA') ?? '.holdfast',
    sample: reader.flag('HOLDFAST_SAMPLE', true),
    logLevel: reader.oneOf('HOLDFAST_LOG_LEVEL', LOG_LEVELS, 'info'),
    ratePerSecond: reader.whole('HOLDFAST_RATE_PER_SECOND', { min: 1, max: 1_000_000, fallback: 5000 }),
    unknownRatePerSecond: reader.whole('HOLDFAST_UNKNOWN_RATE_PER_SECOND', { min: 1, max: 1_000_000, fallback: 200 }),
    bodyLimitBytes: reader.whole('HOLDFAST_BODY_LIMIT_BYTES', { min: 1024, max: 256 * MEBIBYTE, fallback: 8 * MEBIBYTE }),
    importLimitBytes: reader.whole('HOLDFAST_IMPORT_LIMIT_BYTES', { min: 1024, max: 2048 * MEBIBYTE, fallback: 256 * MEBIBYTE }),
    databasePoolSize: reader.whole('HOLDFAST_DB_POOL', { min: 2, max: 500, fallback: 10 }),
    channelOrderDays: reader.whole('HOLDFAST_CHANNEL_ORDER_DAYS', { min: 90, max: 3_650, fallback: 400 }),
    channelMessageDays: reader.whole('HOLDFAST_CHANNEL_MESSAGE_DAYS', { min: 30, max: 3_650, fallback: 30 }),
    // With an embedded engine Holdfast runs on a developer's machine, where webhook receivers on localhost are usual.
    webhooksToPrivateAddresses: reader.flag('HOLDFAST_WEBHOOK_PRIVATE', databaseUrl === undefined),
    graphqlIntrospection: reader.flag('HOLDFAST_GRAPHQL_INTROSPECTION', true),
    console: reader.flag('HOLDFAST_CONSOLE', true),
    consoleOverHttp: reader.flag('HOLDFAST_CONSOLE_HTTP', false),
    serviceUrls: readServiceUrls(reader),
    jwt: present({
      secret: reader.secret('HOLDFAST_JWT_SECRET', { min: 32, max: 1000, example: '<at least 32 random characters>' }),
      jwksUrl: reader.url('HOLDFAST_JWKS_URL', ['http', 'https'], 'https://login.example.com/.well-known/jwks.json'),
      issuer: reader.text('HOLDFAST_JWT_ISSUER'),
      audience: reader.text('HOLDFAST_JWT_AUDIENCE'),
    }),
    ...present({
      databaseUrl,
      eventStoreDbUrl: reader.secretUrl(
        'EVENTSTOREDB_URL',
        ['esdb', 'esdb+discover', 'kurrentdb', 'kurrentdb+discover'],
        'esdb://localhost:2113?tls=false',
      ),
      kafkaBrokers: readBrokers(reader),
      publicUrl: reader.url('HOLDFAST_PUBLIC_URL', ['http', 'https'], 'https://stock.example.com')?.replace(/\/+$/, ''),
      apiKey: reader.secret('HOLDFAST_API_KEY', { min: 24, max: 200, different: 10, example: 'hf_<at least 24 random characters>' }),
      operatorKey: reader.secret('HOLDFAST_OPERATOR_KEY', { min: 32, max: 200, different: 10, example: '<at least 32 random characters>' }),
      secretKey: reader.secret('HOLDFAST_SECRET_KEY', { min: 32, max: 1000, different: 10, example: '<at least 32 random characters>' }),
      internalSecret: reader.secret('HOLDFAST_INTERNAL_SECRET', { min: 32, max: 1000, example: '<at least 32 random characters>' }),
    }),
  };
  if (reader.faults.length > 0) throw new ConfigError(reader.faults);
  return config;
}
