import { constants, type ClientHttp2Session, type OutgoingHttpHeaders } from 'node:http2';
import { EventStoreUnavailable } from '../../port.js';
import type { ReadStreamOptions, RecordedEvent } from '../../port.js';
import { NodeLost } from '../errors.js';
import { CallStatus, openCall } from './call-status.js';
import { FrameSplitter } from './frames.js';
import { readEvent } from './read-answer.js';
import { encodeStreamRead } from './read-request.js';

/**
 * Reads the events of a stream; none where there is no such stream. On the HTTP/2 session itself, because each read by way of the client cost
 * this process half a millisecond, and a refusal needs one.
 * @param silenceMs after so long without a message the read is given up
 * @throws NodeLost, EventStoreUnavailable
 */
export function readStream(
  session: ClientHttp2Session,
  metadata: OutgoingHttpHeaders,
  stream: string,
  options: ReadStreamOptions,
  silenceMs: number,
): Promise<readonly RecordedEvent[]> {
  return new Promise((resolve, reject) => {
    const events: RecordedEvent[] = [];
    const call = openCall(session, 'Read', metadata);
    const status = new CallStatus(call);
    const fail = (error: Error): void => {
      clearTimeout(silence);
      reject(error);
      call.close(constants.NGHTTP2_CANCEL);
    };
    const silence = setTimeout(() => fail(new EventStoreUnavailable('EventStoreDB does not answer a read')), silenceMs);
    const messages = new FrameSplitter((bytes) => {
      const event = readEvent(bytes);
      if (event) events.push(event);
    });
    call.on('data', (chunk: Buffer) => {
      silence.refresh();
      try {
        messages.push(chunk);
      } catch (error) {
        fail(new EventStoreUnavailable(`EventStoreDB sent what cannot be read: ${String(error)}`));
      }
    });
    // Comes after the trailers, also where the connection was lost.
    call.on('close', () => {
      clearTimeout(silence);
      if (status.isOk) resolve(events);
      else reject(new (status.isLost ? NodeLost : EventStoreUnavailable)(`EventStoreDB: a read ended: ${status.reason}`));
    });
    call.end(encodeStreamRead(stream, options));
  });
}
