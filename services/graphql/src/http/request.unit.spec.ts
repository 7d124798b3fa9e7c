import { Problem } from '@holdfast/platform';
import { answerTypeOf, operationOf } from './request.js';

const codeOf = (run: () => unknown): unknown => {
  try {
    return run();
  } catch (error) {
    return error instanceof Problem ? [error.status, error.code, ...error.details] : error;
  }
};

describe('the type of an answer', () => {
  const [graphql, json, events] = ['application/graphql-response+json', 'application/json', 'text/event-stream'];

  it.each([
    [undefined, graphql],
    ['', graphql],
    ['*/*', graphql],
    ['application/json', json],
    ['application/json, application/graphql-response+json', json],
    ['application/json;q=0.5, application/graphql-response+json', graphql],
    ['application/graphql-response+json; charset=utf-8, application/json; charset=utf-8', graphql],
    ['text/event-stream', events],
    ['text/html, application/*;q=0.1', graphql],
    ['TEXT/EVENT-STREAM', events],
  ])('of Accept: %s is %s', (accept, type) => expect(answerTypeOf(accept)).toBe(type));

  it.each(['text/html', 'application/json;q=0', 'nonsense'])('is none of %s', (accept) =>
    expect(codeOf(() => answerTypeOf(accept))).toEqual([406, 'not_acceptable']),
  );
});

describe('the body of a request', () => {
  it('is a document with what belongs to it; what is unknown is ignored', () => {
    expect(operationOf({ query: '{ a }', variables: null, operationName: null, extensions: {}, id: 'x' })).toEqual({
      query: '{ a }',
      variables: {},
      operationName: undefined,
    });
    expect(operationOf({ query: '{ a }', variables: { b: 1 }, operationName: 'Q' })).toEqual({
      query: '{ a }',
      variables: { b: 1 },
      operationName: 'Q',
    });
  });

  it.each([
    [undefined, 'body'],
    ['{ a }', 'body'],
    [{}, 'query'],
    [{ query: '' }, 'query'],
    [{ query: 1 }, 'query'],
    [{ query: '{ a }', variables: [] }, 'variables'],
    [{ query: '{ a }', variables: 'x' }, 'variables'],
    [{ query: '{ a }', operationName: 1 }, 'operationName'],
  ])('%j has a fault in %s', (body, field) => expect(codeOf(() => operationOf(body))).toMatchObject([400, 'validation_failed', { field }]));

  it('is no batch', () => expect(codeOf(() => operationOf([{ query: '{ a }' }]))).toEqual([400, 'batching_not_supported']));
});
