import type { Readable } from 'node:stream';
import { createParser, type EventSourceMessage } from 'eventsource-parser';

/** Server-sent events of a stream of bytes, one after the other. Ending the iteration ends the stream. */
export async function* sentEvents(bytes: Readable): AsyncGenerator<EventSourceMessage, void> {
  const read: EventSourceMessage[] = [];
  const parser = createParser({ onEvent: (event) => void read.push(event) });
  const decoder = new TextDecoder();
  try {
    for await (const chunk of bytes) {
      parser.feed(decoder.decode(chunk as Uint8Array, { stream: true }));
      yield* read.splice(0);
    }
  } finally {
    bytes.destroy();
  }
}
