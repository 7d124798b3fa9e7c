import { GenericContainer, Wait, getContainerRuntimeClient } from 'testcontainers';
import { freePort } from '@holdfast/testing';
import type { Engine } from './engine.js';

const KAFKA_IMAGE = 'apache/kafka:4.1.0';
const EVENTSTOREDB_IMAGE = 'eventstore/eventstore:23.10.6-jammy';

/** True where a Docker engine answers. */
export async function dockerAnswers(): Promise<boolean> {
  try {
    await getContainerRuntimeClient();
    return true;
  } catch {
    return false;
  }
}

export async function startKafkaContainer(): Promise<Engine> {
  // Kafka tells its clients where to connect, so the port outside must be known before it starts.
  const port = await freePort();
  const container = await new GenericContainer(KAFKA_IMAGE)
    .withExposedPorts({ container: 9092, host: port })
    .withEnvironment({
      KAFKA_NODE_ID: '1',
      KAFKA_PROCESS_ROLES: 'broker,controller',
      KAFKA_CONTROLLER_QUORUM_VOTERS: '1@localhost:9093',
      KAFKA_LISTENERS: 'PLAINTEXT://:9092,CONTROLLER://:9093',
      KAFKA_ADVERTISED_LISTENERS: `PLAINTEXT://127.0.0.1:${String(port)}`,
      KAFKA_CONTROLLER_LISTENER_NAMES: 'CONTROLLER',
      KAFKA_LISTENER_SECURITY_PROTOCOL_MAP: 'CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT',
      KAFKA_OFFSETS_TOPIC_REPLICATION_FACTOR: '1',
      KAFKA_GROUP_INITIAL_REBALANCE_DELAY_MS: '0',
    })
    .withWaitStrategy(Wait.forLogMessage(/Kafka Server started/))
    .start();
  return {
    variable: 'KAFKA_BROKERS',
    url: `127.0.0.1:${String(port)}`,
    origin: `container ${KAFKA_IMAGE}`,
    stop: async () => void (await container.stop()),
  };
}

export async function startEventStoreDbContainer(): Promise<Engine> {
  const container = await new GenericContainer(EVENTSTOREDB_IMAGE)
    .withExposedPorts(2113)
    .withEnvironment({ EVENTSTORE_INSECURE: 'true', EVENTSTORE_MEM_DB: 'true', EVENTSTORE_RUN_PROJECTIONS: 'None' })
    .withWaitStrategy(Wait.forHttp('/health/live', 2113).forStatusCode(204))
    .start();
  const url = `esdb://127.0.0.1:${String(container.getMappedPort(2113))}?tls=false`;
  return { variable: 'EVENTSTOREDB_URL', url, origin: `container ${EVENTSTOREDB_IMAGE}`, stop: async () => void (await container.stop()) };
}
