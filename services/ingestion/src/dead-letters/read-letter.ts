import type { DeadLetter } from '@holdfast/contracts';
import { uuidOf } from '@holdfast/kit';
import type { IncomingMessage } from '@holdfast/messaging';
import { isRecord } from '@holdfast/platform';

/** Value of a JSON text, undefined where it is none. */
export function parseJson(text: string | null): unknown {
  if (text === null) return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

/** Reads a message of the dead-letter topic; what is no dead letter is kept as one itself, so that nothing is lost. */
export function readLetter(incoming: IncomingMessage): DeadLetter {
  const letter = parseJson(incoming.value);
  if (!isRecord(letter) || !isRecord(letter['reason'])) {
    const { topic, partition, offset, timestamp, key, value } = incoming;
    return {
      topic,
      partition,
      offset,
      timestamp,
      key,
      value,
      reason: { code: 'unreadable', message: 'this is no dead letter of Holdfast' },
    };
  }
  const { partition, timestamp, value, reason } = letter;
  return {
    topic: textOf(letter['topic']),
    partition: typeof partition === 'number' ? partition : 0,
    offset: textOf(letter['offset']),
    ...(typeof timestamp === 'number' ? { timestamp } : {}),
    key: textOf(letter['key']),
    value: typeof value === 'string' ? value : null,
    reason: { code: textOf(reason['code']), message: textOf(reason['message']) },
  };
}

/**
 * The same for a letter that is published twice, since its batch came again: it is known by where its message lay and when the bus took it,
 * as a topic that is made anew gives the same places again.
 */
export const letterId = ({ topic, partition, offset, timestamp }: DeadLetter): string =>
  uuidOf(timestamp === undefined ? `${topic}|${partition}|${offset}` : JSON.stringify([topic, partition, offset, timestamp]));

/** Whose letter it is: what its message says, else its key; empty where neither does, and then no tenant sees it. */
export function tenantOf(letter: DeadLetter): string {
  const event = parseJson(letter.value);
  if (isRecord(event) && typeof event['tenant'] === 'string') return event['tenant'];
  const bar = letter.key.indexOf('|');
  return bar === -1 ? '' : letter.key.slice(0, bar);
}
