import { textFaultIn } from '@holdfast/kit';
import type { FastifyRequest } from 'fastify';
import { problemOfFaults } from '../input/validation.pipe.js';
import { Problem } from '../problems/problem.js';

/** What is wrong with a request before its body is read: NUL in its path or query, or a body that is compressed. */
export function requestFault(request: FastifyRequest): Problem | undefined {
  return encodingFault(request.headers['content-encoding']) ?? urlFault(request);
}

/** What a compressed body would grow to is not known before. */
function encodingFault(encoding: string | undefined): Problem | undefined {
  if (encoding === undefined || encoding.toLowerCase() === 'identity') return undefined;
  const headers = { 'accept-encoding': 'identity' };
  return new Problem(415, 'unsupported_content_encoding', 'Send the body as it is, without Content-Encoding', { headers });
}

/** Only this escape can bring a text that cannot be stored: halves of surrogate pairs are no UTF-8 and are not decoded. */
function urlFault({ url, params, query }: FastifyRequest): Problem | undefined {
  if (!url.includes('%00')) return undefined;
  const inPath = textFaultIn(params);
  if (inPath !== undefined) return problemOfFaults({ faults: [inPath], code: 'validation_failed' }, 'param');
  const inQuery = textFaultIn(query);
  return inQuery === undefined ? undefined : problemOfFaults({ faults: [inQuery], code: 'validation_failed' }, 'query');
}
