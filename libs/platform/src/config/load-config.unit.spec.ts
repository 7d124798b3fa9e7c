import { inspect } from 'node:util';
import { ConfigError } from './environment.js';
import { loadConfig } from './load-config.js';

const secret = 'correct-horse-battery-staple-forever';

const faultsOf = (environment: Record<string, string>): readonly string[] => {
  try {
    loadConfig(environment);
    return [];
  } catch (error) {
    return error instanceof ConfigError ? error.faults.map(({ name }) => name) : ['not a ConfigError'];
  }
};

describe('the configuration', () => {
  it('needs nothing', () => {
    expect(loadConfig({})).toEqual({
      port: 3000,
      host: '127.0.0.1',
      dataFolder: '.holdfast',
      console: true,
      consoleOverHttp: false,
      graphqlIntrospection: true,
      sample: true,
      logLevel: 'info',
      ratePerSecond: 5000,
      unknownRatePerSecond: 200,
      bodyLimitBytes: 8_388_608,
      importLimitBytes: 268_435_456,
      databasePoolSize: 10,
      channelOrderDays: 400,
      channelMessageDays: 30,
      webhooksToPrivateAddresses: true,
      serviceUrls: {},
      jwt: {},
    });
  });

  it('reads what is set', () => {
    const config = loadConfig({
      PORT: '8080',
      HOLDFAST_SAMPLE: '0',
      DATABASE_URL: 'postgres://holdfast:pass@db:5432/holdfast',
      EVENTSTOREDB_URL: 'esdb://node:2113?tls=false',
      KAFKA_BROKERS: 'one:9092, two:9092',
      HOLDFAST_JWT_SECRET: secret,
      ATP_PROJECTION_URL: 'http://atp:3003/',
      RESERVATION_URL: 'http://one:3000/, http://two:3000,http://one:3000',
    });
    expect(config).toMatchObject({
      port: 8080,
      sample: false,
      kafkaBrokers: ['one:9092', 'two:9092'],
      serviceUrls: { 'atp-projection': ['http://atp:3003'], reservation: ['http://one:3000', 'http://two:3000'] },
      webhooksToPrivateAddresses: false,
    });
    expect(config.databaseUrl?.reveal()).toBe('postgres://holdfast:pass@db:5432/holdfast');
    expect(config.jwt.secret?.reveal()).toBe(secret);
  });

  it('counts an empty variable as not set', () => {
    expect(loadConfig({ PORT: '', KAFKA_BROKERS: ' ' })).not.toHaveProperty('kafkaBrokers');
  });

  it('names every fault at once, with an example and never with the value', () => {
    const environment = { PORT: '70000', HOLDFAST_SAMPLE: 'yes', DATABASE_URL: 'mysql://u:hunter2@db', HOLDFAST_JWT_SECRET: 'short' };
    expect(faultsOf(environment)).toEqual(['DATABASE_URL', 'PORT', 'HOLDFAST_SAMPLE', 'HOLDFAST_JWT_SECRET']);
    expect(() => loadConfig(environment)).toThrow('PORT must be a whole number from 0 to 65535; example: PORT=3000');
    expect(() => loadConfig(environment)).not.toThrow(/hunter2|short;/);
  });

  it.each([
    ['PORT', '3000x'],
    ['PORT', '-1'],
    ['HOLDFAST_LOG_LEVEL', 'loud'],
    ['EVENTSTOREDB_URL', 'localhost:2113'],
    ['KAFKA_BROKERS', 'localhost'],
    ['KAFKA_BROKERS', 'one:9092,,two:9092'],
    ['HOLDFAST_JWKS_URL', 'ftp://keys'],
    ['HOLDFAST_INTERNAL_SECRET', 'too short'],
    ['HOLDFAST_API_KEY', 'a'],
    ['HOLDFAST_API_KEY', 'hf_short'],
    ['HOLDFAST_API_KEY', 'a'.repeat(64)],
    ['HOLDFAST_RATE_PER_SECOND', '0'],
    ['HOLDFAST_UNKNOWN_RATE_PER_SECOND', '0'],
    ['HOLDFAST_BODY_LIMIT_BYTES', '10'],
    ['WORKFLOW_URL', 'workflow:3005'],
    ['GRAPHQL_URL', 'graphql:3006'],
    ['RESERVATION_URL', 'http://one:3000,,http://two:3000'],
    ['RESERVATION_URL', 'http://one:3000,two:3000'],
  ])('refuses %s=%s', (name, value) => {
    expect(faultsOf({ [name]: value })).toEqual([name]);
  });

  it('never prints a secret', () => {
    const config = loadConfig({ HOLDFAST_API_KEY: 'hf_very_secret_words_of_the_test' });
    const printed = [JSON.stringify(config), inspect(config, { depth: 9, showHidden: true }), `${String(config.apiKey)}`];
    expect(printed.join()).not.toContain('very_secret');
    expect(printed[0]).toContain('"apiKey":"[secret]"');
    expect(`key ${config.apiKey}`).toBe('key [secret]');
  });
});
