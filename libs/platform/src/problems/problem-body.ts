import type { IncomingMessage, ServerResponse } from 'node:http';
import { STATUS_CODES } from 'node:http';
import type { Problem } from './problem.js';

/** The one error shape. */
export interface ProblemBody {
  readonly error: string;
  /** What to do about it, where `error` is only the name of the status. */
  readonly message?: string;
  readonly code: string;
  readonly details: readonly object[];
  readonly requestId: string;
}

export const PROBLEM_JSON = 'application/problem+json';

export interface WrittenProblem {
  readonly contentType: string;
  readonly body: object;
}

/** Writes a problem in the shape that the Accept header asks for: the product's own, or RFC 9457. */
export function writeProblem(problem: Problem, request: { accept: string | undefined; requestId: string; path: string }): WrittenProblem {
  const { code, details, message, status } = problem;
  const { requestId } = request;
  if (request.accept?.includes(PROBLEM_JSON) !== true) {
    return {
      contentType: 'application/json; charset=utf-8',
      body: { ...errorOf(status, message), code, details, requestId } satisfies ProblemBody,
    };
  }
  const standard = {
    type: `urn:holdfast:problem:${code}`,
    title: STATUS_CODES[status] ?? 'Error',
    status,
    detail: message,
    instance: request.path,
  };
  return { contentType: `${PROBLEM_JSON}; charset=utf-8`, body: { ...standard, ...errorOf(status, message), code, details, requestId } };
}

/** Callers know these two by the name of their status; the sentence stands beside it. */
const errorOf = (status: number, message: string): Pick<ProblemBody, 'error' | 'message'> => {
  const name = STATUS_CODES[status];
  return name !== undefined && name !== message && (status === 401 || status === 500) ? { error: name, message } : { error: message };
};

/** Answers a raw request that no framework has touched. */
export function answerProblem(request: IncomingMessage, response: ServerResponse, problem: Problem, requestId: string): void {
  const path = (request.url ?? '/').split('?', 1)[0] ?? '/';
  const { contentType, body } = writeProblem(problem, { accept: request.headers.accept, requestId, path });
  const text = JSON.stringify(body);
  response.writeHead(problem.status, {
    ...problem.headers,
    'content-type': contentType,
    'content-length': Buffer.byteLength(text),
    'x-request-id': requestId,
  });
  response.end(text);
}
