import kafkajs from 'kafkajs';
import { BusUnavailable } from '../port.js';

// Its error classes are not visible to a named import.
const { KafkaJSError, KafkaJSProtocolError } = kafkajs;

/** Protocol errors of a topic or partition that is new or moving. */
const SETTLING = /^(LEADER_NOT_AVAILABLE|NOT_LEADER_FOR_PARTITION|NOT_CONTROLLER|UNKNOWN_TOPIC_OR_PARTITION)$/;

/** Protocol errors that end by themselves: a group finds its coordinator again, a producer is created again. */
const PASSING =
  /^(REQUEST_TIMED_OUT|NETWORK_EXCEPTION|NOT_ENOUGH_REPLICAS|NOT_ENOUGH_REPLICAS_AFTER_APPEND|GROUP_COORDINATOR_NOT_AVAILABLE|GROUP_LOAD_IN_PROGRESS|KAFKA_STORAGE_ERROR|OUT_OF_ORDER_SEQUENCE_NUMBER|DUPLICATE_SEQUENCE_NUMBER|UNKNOWN_PRODUCER_ID|INVALID_PRODUCER_EPOCH)$/;

/** A topic that was made a moment ago has no leader, or no partition, that the client knows of. */
export class NoLeaderYet extends Error {}

/** Runs a call to the brokers; connection errors become `BusUnavailable`. */
export async function reaching<Result>(call: () => Promise<Result>): Promise<Result> {
  try {
    return await call();
  } catch (error) {
    throw isAway(error) ? new BusUnavailable(`Kafka cannot be reached: ${messageOf(error)}`, { cause: error }) : error;
  }
}

/** Whether the cluster answered but is still electing a leader, which takes moments. */
export function isSettling(error: unknown): boolean {
  const root = rootOf(error);
  return error instanceof NoLeaderYet || (root instanceof KafkaJSProtocolError && SETTLING.test(root.type));
}

function isAway(error: unknown): boolean {
  const root = rootOf(error);
  if (isSettling(error)) return true;
  if (root instanceof KafkaJSProtocolError) return PASSING.test(root.type);
  // Everything else of the client is about connections: refused, closed, timed out, metadata that could not be had.
  return root instanceof KafkaJSError || (error instanceof KafkaJSError && error.name === 'KafkaJSNumberOfRetriesExceeded');
}

function rootOf(error: unknown): unknown {
  let current = error;
  for (let depth = 0; depth < 8; depth += 1) {
    if (!(current instanceof Error) || !(current.cause instanceof Error)) break;
    current = current.cause;
  }
  return current;
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
