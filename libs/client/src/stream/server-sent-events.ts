import { createParser } from 'eventsource-parser';
import type { Operation } from '../operation-table.js';
import type { Arguments } from '../requests/prepared.js';
import type { Requests } from '../requests/requests.js';
import { waitBefore } from '../requests/retry.js';
import { openStream } from './open-stream.js';

/** What following a stream may be told. */
export interface FollowOptions {
  /** Ends the stream. */
  readonly signal?: AbortSignal;
  /** Token of the last event that was read: the stream goes on after it. */
  readonly resume?: string;
  /** Told when the stream is connected, and when it was cut and is opened again. */
  readonly onState?: (state: 'connected' | 'reconnecting') => void;
}

/** An event of a stream. */
export interface ServerSentEvent {
  /** Sent as `resume`, the stream goes on after this event; missing where it cannot. */
  readonly token: string | undefined;
  readonly event: string;
  readonly data: string;
}

/** The server says every 15 s that it is still there; a connection that says nothing for so long has broken unseen. */
const SILENCE_MS = 40_000;

/**
 * Events of a stream, over cut connections: each goes on behind the last event that was read. Ends when the signal says so, or where the
 * server has nothing left to tell.
 * @throws HoldfastError where the server refuses, or where not even the first connection is to be had
 */
export async function* serverSentEvents(
  requests: Requests,
  operation: Operation,
  given: Arguments,
  { signal, resume, onState }: FollowOptions,
): AsyncGenerator<ServerSentEvent> {
  const { random, wait } = requests.surroundings;
  let token = resume;
  let wasConnected = false;
  let failures = 0;
  const isStopped = (): boolean => signal?.aborted === true;
  while (!isStopped()) {
    const connection = new AbortController();
    const stop = (): void => connection.abort();
    signal?.addEventListener('abort', stop);
    let waitMs = random() * 200;
    try {
      const response = await openStream(requests, operation, given, token, connection);
      if (response.status === 204) return;
      onState?.('connected');
      [wasConnected, failures] = [true, 0];
      for await (const event of eventsOf(response, connection)) {
        token = event.token ?? token;
        yield event;
      }
    } catch (error) {
      if (isStopped()) return;
      failures += 1;
      const again = waitBefore(error, failures, random());
      if (again === undefined || (!wasConnected && failures > requests.retries)) throw error;
      waitMs = again;
    } finally {
      signal?.removeEventListener('abort', stop);
      connection.abort();
    }
    onState?.('reconnecting');
    await wait(waitMs, signal);
  }
}

/** Events of one connection, which is cut when it says nothing for long. */
async function* eventsOf({ body }: Response, connection: AbortController): AsyncGenerator<ServerSentEvent> {
  const read: ServerSentEvent[] = [];
  const parser = createParser({ onEvent: ({ id, event, data }) => void read.push({ token: id, event: event ?? 'message', data }) });
  const decoder = new TextDecoder();
  const reader = (body as ReadableStream<Uint8Array> | null)?.getReader();
  if (reader === undefined) return;
  for (;;) {
    const timer = setTimeout(() => connection.abort(), SILENCE_MS);
    const { done, value } = await reader.read().finally(() => clearTimeout(timer));
    if (done) return;
    parser.feed(decoder.decode(value, { stream: true }));
    yield* read.splice(0);
  }
}
