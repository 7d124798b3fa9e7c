import type { IncomingMessage, OutgoingMessage, RejectReason } from '../port.js';

/** Kafka's default for the largest record is 1 MiB; quoting may make the copy larger than the original. */
const MAX_DEAD_LETTER_BYTES = 900 * 1_024;
const KEPT_CHARACTERS = 64 * 1_024;
const MAX_REASON_CHARACTERS = 2_000;

/** The message as it came, with where it lay and why it could not be processed. */
export function deadLetterOf(message: IncomingMessage, reason: RejectReason): OutgoingMessage {
  const whole = encode(message, message.value, reason);
  if (message.value === null || Buffer.byteLength(whole) <= MAX_DEAD_LETTER_BYTES) return { key: message.key, value: whole };
  const cut = { code: reason.code, message: `${shorten(reason.message)} (value cut: ${Buffer.byteLength(message.value)} bytes)` };
  return { key: message.key, value: encode(message, message.value.slice(0, KEPT_CHARACTERS), cut) };
}

/** Reason of a message whose handler threw each time. */
export const reasonOfFailure = (error: unknown): RejectReason => ({
  code: 'handler_failed',
  message: error instanceof Error ? `${error.name}: ${error.message}` : String(error),
});

const encode = (message: IncomingMessage, value: string | null, reason: RejectReason): string =>
  JSON.stringify({
    topic: message.topic,
    partition: message.partition,
    offset: message.offset,
    timestamp: message.timestamp,
    key: message.key,
    value,
    reason: { code: reason.code, message: shorten(reason.message) },
  });

const shorten = (text: string): string => (text.length > MAX_REASON_CHARACTERS ? `${text.slice(0, MAX_REASON_CHARACTERS)}…` : text);
