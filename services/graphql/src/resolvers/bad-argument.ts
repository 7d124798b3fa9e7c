import { GraphQLError } from 'graphql';

/** A fault of a query's argument, in the words of the REST API. */
export const badArgument = (field: string, message: string): GraphQLError =>
  new GraphQLError(`${field} ${message}`, { extensions: { code: 'validation_failed', status: 400, details: [{ field, message }] } });
