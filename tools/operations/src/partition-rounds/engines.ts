import { spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { enginesFolder, startLocal } from '@holdfast/engines';
import { listening } from './listening.js';

// The ports at which the engines listen on the loopback address of their namespace; a relay takes connections for them.
export const KAFKA_PORT = 9092;
export const EVENT_STORE_PORT = 2113;

interface Engine {
  /** Words that start a program in the engine's namespace. */
  readonly within: readonly string[];
  /** Folder of its data. */
  readonly folder: string;
}

/** Starts a Kafka of the engines folder, whose clients find it at `address`. It runs until it is killed. */
export async function startKafka({ within, folder }: Engine, address: string): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const file = join(folder, 'server.properties');
  const settings = {
    'process.roles': 'broker,controller',
    'node.id': '1',
    'controller.quorum.voters': `1@127.0.0.1:${String(KAFKA_PORT + 1)}`,
    listeners: `PLAINTEXT://127.0.0.1:${String(KAFKA_PORT)},CONTROLLER://127.0.0.1:${String(KAFKA_PORT + 1)}`,
    'advertised.listeners': `PLAINTEXT://${address}:${String(KAFKA_PORT)}`,
    'controller.listener.names': 'CONTROLLER',
    'log.dirs': join(folder, 'data'),
    'auto.create.topics.enable': 'false',
    'offsets.topic.num.partitions': '4',
    'offsets.topic.replication.factor': '1',
    'transaction.state.log.num.partitions': '4',
    'transaction.state.log.replication.factor': '1',
    'transaction.state.log.min.isr': '1',
    'share.coordinator.state.topic.replication.factor': '1',
    'share.coordinator.state.topic.min.isr': '1',
    'group.initial.rebalance.delay.ms': '0',
  };
  writeFileSync(
    file,
    Object.entries(settings)
      .map(([name, value]) => `${name}=${value}\n`)
      .join(''),
  );
  const quiet = '-Dorg.slf4j.simpleLogger.defaultLogLevel=error';
  const java = ['java', '-Xms128m', '-Xmx512m', '-XX:+UseSerialGC', quiet, '-cp', `${enginesFolder()}/kafka/libs/*`];
  const clusterId = Buffer.from('holdfast-rounds!').toString('base64url');
  const formatting = start('the format of Kafka', within, [...java, 'kafka.tools.StorageTool', 'format', '-t', clusterId, '-c', file]);
  await formatting.ended;
  const kafka = start('Kafka', within, [...java, 'kafka.Kafka', file]);
  await listening('Kafka', kafka.pid, KAFKA_PORT, kafka.hasEnded);
}

/** Starts the stand-in for an EventStoreDB of the engines folder. It runs until it is killed. */
export async function startEventStore({ within, folder }: Engine): Promise<void> {
  // Its first start on a machine installs packages, for which the namespace has no way out.
  await (await startLocal('eventstoredb'))?.stop();
  const program = join(enginesFolder(), 'eventstoredb', 'start');
  const store = start('the event store', within, [program, String(EVENT_STORE_PORT), folder]);
  await listening('the event store', store.pid, EVENT_STORE_PORT, store.hasEnded);
}

interface Program {
  readonly pid: number;
  readonly ended: Promise<void>;
  hasEnded(): boolean;
}

/** As a session of its own a program does not get the Ctrl-C of a terminal: the services end before the engines. */
function start(name: string, within: readonly string[], words: readonly string[]): Program {
  const [program = '', ...args] = [...within, ...words];
  const child = spawn(program, args, { stdio: ['ignore', 'ignore', 'inherit'], detached: true, env: { ...process.env, NODE_OPTIONS: '' } });
  let over = false;
  const ended = new Promise<void>((done, failed) => {
    child.once('error', (cause) => failed(new Error(`${name} cannot be started`, { cause })));
    child.once('exit', () => {
      over = true;
      done();
    });
  });
  return { pid: child.pid ?? 0, ended, hasEnded: () => over };
}
