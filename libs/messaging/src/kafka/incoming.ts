import type { KafkaMessage } from 'kafkajs';
import { NO_HEADERS } from '../headers.js';
import type { IncomingMessage } from '../port.js';

/** Converts a message of the client to one of the port. A missing key becomes an empty one; of a repeated header the last value is used. */
export const incoming = (topic: string, partition: number, message: KafkaMessage): IncomingMessage => ({
  topic,
  partition,
  offset: message.offset,
  timestamp: Number(message.timestamp),
  key: message.key?.toString('utf8') ?? '',
  value: message.value?.toString('utf8') ?? null,
  headers: headersOf(message),
});

function headersOf({ headers }: KafkaMessage): Readonly<Record<string, string>> {
  if (!headers) return NO_HEADERS;
  const entries = Object.entries(headers).flatMap(([name, value]) => {
    const last = Array.isArray(value) ? value.at(-1) : value;
    return last === undefined ? [] : [[name, last.toString()] as const];
  });
  return entries.length === 0 ? NO_HEADERS : Object.fromEntries(entries);
}
