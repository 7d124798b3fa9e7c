import { GraphQLError } from 'graphql';

/** An operation that was refused before any of it ran. */
export class OperationRefused extends Error {
  constructor(readonly errors: readonly GraphQLError[]) {
    super(errors[0]?.message ?? 'the operation is refused');
    this.name = 'OperationRefused';
  }

  static because(code: string, message: string, at?: GraphQLError): OperationRefused {
    const place = at === undefined ? {} : { source: at.source ?? null, positions: at.positions ?? null };
    return new OperationRefused([new GraphQLError(message, { ...place, extensions: { code } })]);
  }
}
