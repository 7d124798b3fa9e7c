import { toProblem } from '@holdfast/platform';
import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import { Refused } from '../rest/refused.js';

/** Of an answer's `errors`: `extensions.code` is that of the REST API, or says what is wrong with the operation itself. */
export function formatted(error: GraphQLError, requestId: string): GraphQLFormattedError {
  const { locations, path } = error;
  const { message, extensions } = told(error);
  return {
    message,
    ...(locations === undefined ? {} : { locations }),
    ...(path === undefined ? {} : { path }),
    extensions: { ...extensions, requestId },
  };
}

function told(error: GraphQLError): { readonly message: string; readonly extensions: Readonly<Record<string, unknown>> } {
  const { originalError: cause, extensions, message } = error;
  if (cause instanceof Refused)
    return { message: cause.message, extensions: { code: cause.code, status: cause.status, details: cause.details } };
  if (cause !== undefined && cause !== null && !(cause instanceof GraphQLError)) {
    const problem = toProblem(cause);
    return { message: problem.message, extensions: { code: problem.code, status: problem.status } };
  }
  // An error with a path came from a field's value: what our routes answered does not fit the schema.
  const code = error.path === undefined ? 'graphql_validation_failed' : 'internal_error';
  return { message, extensions: { code, ...extensions } };
}

/** Whether it is a fault of ours, which belongs into the log. */
export const causeOf = ({ originalError }: GraphQLError): unknown =>
  originalError === undefined || originalError === null || originalError instanceof GraphQLError || originalError instanceof Refused
    ? undefined
    : originalError;
