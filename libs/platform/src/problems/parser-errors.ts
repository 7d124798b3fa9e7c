import { randomUUID } from 'node:crypto';
import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import { isRecord } from '../input/is-record.js';
import { Problem } from './problem.js';
import { writeProblem } from './problem-body.js';

const BY_CODE: Readonly<Record<string, () => Problem>> = {
  HPE_HEADER_OVERFLOW: () => new Problem(431, 'headers_too_large', 'The headers of the request are over the limit'),
  ERR_HTTP_REQUEST_TIMEOUT: () => new Problem(408, 'request_timeout', 'The request did not arrive in time'),
};

const malformed = (): Problem => new Problem(400, 'malformed_request', 'The request is not HTTP/1.1');

/** Answers what Node could not read as a request: there is no request and no response, only a connection, which ends. */
export function answerParserError(error: unknown, socket: Pick<Socket, 'writable' | 'end' | 'destroy'>): void {
  const code = isRecord(error) ? String(error['code']) : '';
  if (!socket.writable || code === 'ECONNRESET') {
    socket.destroy();
    return;
  }
  const problem = (Object.hasOwn(BY_CODE, code) ? BY_CODE[code]?.() : undefined) ?? malformed();
  const requestId = randomUUID();
  const { body, contentType } = writeProblem(problem, { accept: undefined, requestId, path: '' });
  const text = JSON.stringify(body);
  socket.end(
    [
      `HTTP/1.1 ${problem.status} ${STATUS_CODES[problem.status] ?? ''}`,
      `content-type: ${contentType}`,
      `content-length: ${Buffer.byteLength(text)}`,
      `x-request-id: ${requestId}`,
      'connection: close',
      '',
      text,
    ].join('\r\n'),
  );
}
