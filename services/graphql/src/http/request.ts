import { isRecord, Problem } from '@holdfast/platform';
import type { Operation } from '../engine/engine.js';

const fault = (field: string, message: string): Problem =>
  new Problem(400, 'validation_failed', 'The request body has a fault', { details: [{ field, message }] });

/** Parameters of GraphQL over HTTP. Unknown ones are ignored, as it asks for. @throws Problem 400 */
export function operationOf(body: unknown): Operation {
  if (Array.isArray(body))
    throw new Problem(400, 'batching_not_supported', 'Send one operation a request; one operation may ask for many fields');
  if (!isRecord(body)) throw fault('body', 'must be an object');
  const { query, variables, operationName } = body;
  if (typeof query !== 'string' || query === '') throw fault('query', 'must be a GraphQL document');
  if (variables !== undefined && variables !== null && !isRecord(variables)) throw fault('variables', 'must be an object');
  if (operationName !== undefined && operationName !== null && typeof operationName !== 'string')
    throw fault('operationName', 'must be a text');
  return { query, variables: variables ?? {}, operationName: operationName ?? undefined };
}

/** Types that an answer may have. */
export const ANSWER_TYPES = ['application/graphql-response+json', 'application/json', 'text/event-stream'] as const;
export type AnswerType = (typeof ANSWER_TYPES)[number];

/** The type that the caller wants most; without a wish, GraphQL's own. @throws Problem 406 `not_acceptable` */
export function answerTypeOf(accept: string | undefined): AnswerType {
  if (accept === undefined || accept.trim() === '') return ANSWER_TYPES[0];
  const wishes = accept
    .split(',')
    .map((wish, order) => {
      const [range = '', ...parameters] = wish.split(';').map((part) => part.trim().toLowerCase());
      const weight = Number(parameters.find((each) => each.startsWith('q='))?.slice(2) ?? 1);
      return { range, weight: Number.isFinite(weight) ? weight : 0, order };
    })
    .filter(({ weight }) => weight > 0)
    .sort((one, other) => other.weight - one.weight || one.order - other.order);
  for (const { range } of wishes) {
    if (range === '*/*' || range === 'application/*') return ANSWER_TYPES[0];
    const type = ANSWER_TYPES.find((known) => known === range);
    if (type !== undefined) return type;
  }
  throw new Problem(406, 'not_acceptable', `The answer can be ${ANSWER_TYPES.join(', ')}`);
}
