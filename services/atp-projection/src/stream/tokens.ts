import { Problem } from '@holdfast/platform';
import type { IncomingMessage } from '@holdfast/messaging';

/** Next offset wanted per `topic/partition`. */
export type Offsets = Readonly<Record<string, string>>;

const isOffsets = (value: unknown): value is Offsets =>
  typeof value === 'object' &&
  value !== null &&
  !Array.isArray(value) &&
  Object.entries(value).every(
    ([partition, offset]) => /^[a-z0-9.-]+\/\d+$/.test(partition) && typeof offset === 'string' && /^\d{1,20}$/.test(offset),
  );

/** Where a reader is, as an opaque token that it sends as `Last-Event-ID`. */
export const tokenOf = (offsets: Offsets): string => Buffer.from(JSON.stringify(offsets)).toString('base64url');

/** @throws Problem 400 `invalid_resume_token` */
export function offsetsOf(token: string): Offsets {
  try {
    const offsets: unknown = JSON.parse(Buffer.from(token, 'base64url').toString());
    if (isOffsets(offsets)) return offsets;
  } catch {
    // Told below like every other token that is none.
  }
  const details = [{ field: 'Last-Event-ID', message: 'must be an id that this stream sent' }];
  throw new Problem(400, 'invalid_resume_token', 'Last-Event-ID is no id of this stream', { details });
}

const partitionOf = (message: IncomingMessage): string => `${message.topic}/${message.partition}`;

/** Offsets before each message of a chunk was read, given those after all of it. */
export function offsetsBefore(messages: readonly IncomingMessage[], next: Offsets): Record<string, string> {
  const before = { ...next };
  for (const message of [...messages].reverse()) before[partitionOf(message)] = message.offset;
  return before;
}

/** Moves offsets past a message. */
export function advance(offsets: Record<string, string>, message: IncomingMessage): void {
  offsets[partitionOf(message)] = (BigInt(message.offset) + 1n).toString();
}
