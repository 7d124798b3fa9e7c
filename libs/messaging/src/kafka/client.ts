import { connect as connectPlain, type Socket } from 'node:net';
import { connect as connectSecure } from 'node:tls';
import kafkajs, { type ISocketFactory, type Kafka, type LogEntry } from 'kafkajs';
import { quietIdleTimers } from './quiet-timers.js';
import type { KafkaLogLine, Settings } from './options.js';

const LEVELS: Readonly<Record<number, KafkaLogLine['level']>> = {
  [kafkajs.logLevel.ERROR]: 'error',
  [kafkajs.logLevel.WARN]: 'warn',
  [kafkajs.logLevel.INFO]: 'info',
  [kafkajs.logLevel.DEBUG]: 'debug',
};

const CONNECT_TIMEOUT_MS = 3_000;
const REQUEST_TIMEOUT_MS = 15_000;
const KEEP_ALIVE_MS = 60_000;

/** Tries of one call inside the client: short, so that outages surface here, where they are waited out with everything made anew. */
export const CLIENT_RETRY = { initialRetryTime: 100, maxRetryTime: 1_000, factor: 0.2, multiplier: 2, retries: 4 } as const;

export interface Client {
  readonly kafka: Kafka;
  /** Closes connections that the client left open. */
  destroy(): void;
}

/**
 * A separate client for each producer, consumer and admin: consumers of one `Kafka` object in the same group would share, and corrupt,
 * their records of committed offsets.
 */
export function createClient(settings: Settings): Client {
  quietIdleTimers();
  const sockets = new Set<Socket>();
  const kafka = new kafkajs.Kafka({
    clientId: settings.clientId,
    brokers: [...settings.brokers],
    ...(settings.ssl === undefined ? {} : { ssl: settings.ssl }),
    ...(settings.sasl === undefined ? {} : { sasl: settings.sasl }),
    connectionTimeout: CONNECT_TIMEOUT_MS,
    requestTimeout: REQUEST_TIMEOUT_MS,
    enforceRequestTimeout: true,
    retry: CLIENT_RETRY,
    socketFactory: trackingFactory(sockets),
    logLevel: kafkajs.logLevel.INFO,
    logCreator: () => (entry) => settings.onLog(lineOf(entry)),
  });
  return {
    kafka,
    destroy() {
      // With an error, since the client's own timers end only on one.
      for (const socket of sockets) socket.destroy(new Error('The bus is closed.'));
    },
  };
}

const trackingFactory =
  (sockets: Set<Socket>): ISocketFactory =>
  ({ host, port, ssl, onConnect }) => {
    const socket = ssl ? connectSecure({ host, port, servername: host, ...ssl }, onConnect) : connectPlain({ host, port }, onConnect);
    socket.setKeepAlive(true, KEEP_ALIVE_MS);
    socket.setNoDelay(true);
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    return socket;
  };

function lineOf({ namespace, level, log }: LogEntry): KafkaLogLine {
  const { message, timestamp: _timestamp, ...fields } = log;
  return { level: LEVELS[level] ?? 'info', message: `${namespace}: ${message}`, fields };
}
