import { ConfigError, loadConfig, ROUTED_SERVICES } from '@holdfast/platform';
import { remoteTargets } from './remote-targets.js';

const environment = {
  HOLDFAST_INTERNAL_SECRET: 'correct-horse-battery-staple-forever',
  INGESTION_URL: 'http://ingestion:3001',
  RESERVATION_URL: 'http://reservation-1:3002,http://reservation-2:3002',
  ATP_PROJECTION_URL: 'http://atp-projection:3003',
  CHANNEL_CONNECTOR_URL: 'http://channel-connector:3004/',
  WORKFLOW_URL: 'http://workflow:3005',
  GRAPHQL_URL: 'http://graphql:3006',
};

describe('services in processes of their own', () => {
  it('are found by their URLs', () => {
    expect(remoteTargets(loadConfig(environment), ROUTED_SERVICES)).toMatchObject({
      ingestion: { kind: 'http', urls: ['http://ingestion:3001'] },
      reservation: { kind: 'http', urls: ['http://reservation-1:3002', 'http://reservation-2:3002'] },
      'channel-connector': { kind: 'http', urls: ['http://channel-connector:3004'] },
    });
  });

  it('need every URL and the secret, all named at once', () => {
    const { INGESTION_URL } = environment;
    const names = [
      'RESERVATION_URL',
      'ATP_PROJECTION_URL',
      'CHANNEL_CONNECTOR_URL',
      'WORKFLOW_URL',
      'GRAPHQL_URL',
      'HOLDFAST_INTERNAL_SECRET',
    ];
    let thrown: unknown;
    try {
      remoteTargets(loadConfig({ INGESTION_URL }), ROUTED_SERVICES);
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toBeInstanceOf(ConfigError);
    expect(thrown instanceof ConfigError ? thrown.faults.map(({ name }) => name) : []).toEqual(names);
  });
});
