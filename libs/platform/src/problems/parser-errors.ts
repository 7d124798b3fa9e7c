import { randomUUID } from 'node:crypto';
import { type Server, STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { isRecord } from '../input/is-record.js';
import { Problem } from './problem.js';
import { writeProblem } from './problem-body.js';

const BY_CODE: Readonly<Record<string, () => Problem>> = {
  HPE_HEADER_OVERFLOW: () => new Problem(431, 'headers_too_large', 'The headers of the request are over the limit'),
  ERR_HTTP_REQUEST_TIMEOUT: () => new Problem(408, 'request_timeout', 'The request did not arrive in time'),
};

const expectation = (): Problem => new Problem(417, 'unknown_expectation', 'Only Expect: 100-continue can be met');
const tunnel = (): Problem => new Problem(405, 'method_not_allowed', 'No tunnel is opened here');
const malformed = (): Problem => new Problem(400, 'malformed_request', 'The request is not HTTP/1.1');

/** Answers what Node could not read as a request: there is no request and no response, only a connection, which ends. */
export function answerParserError(error: unknown, socket: Pick<Socket, 'writable' | 'end' | 'destroy'>): void {
  const code = isRecord(error) ? String(error['code']) : '';
  if (!socket.writable || code === 'ECONNRESET') {
    socket.destroy();
    return;
  }
  endWith(socket, (Object.hasOwn(BY_CODE, code) ? BY_CODE[code]?.() : undefined) ?? malformed());
}

/** Answers what Node would answer by itself, without a body or not at all: an `Expect` that nobody can meet, and CONNECT. */
export function answerUnservable(server: Server): void {
  server.on('checkExpectation', ({ socket }) => endWith(socket, expectation()));
  server.on('connect', (_, socket) => endWith(socket, tunnel()));
}

function endWith(socket: Pick<Duplex, 'end'>, problem: Problem): void {
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
