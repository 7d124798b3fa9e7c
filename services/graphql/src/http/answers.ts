import type { Logger } from '@holdfast/platform';
import type { ExecutionResult, FormattedExecutionResult, GraphQLError, GraphQLFormattedError } from 'graphql';
import { causeOf, formatted } from '../engine/errors.js';
import type { Engine, Operation } from '../engine/engine.js';
import { OperationRefused } from '../engine/operation-refused.js';
import type { RequestContext } from '../resolvers/context.js';

export interface Answered {
  /** By GraphQL over HTTP: 400 where the operation was refused, 200 where it ran, whatever its fields said. */
  readonly status: number;
  readonly result: FormattedExecutionResult;
}

/** Runs operations and writes their results as they go over HTTP. */
export class GraphqlAnswers {
  constructor(
    private readonly engine: Engine,
    private readonly logger: Logger,
  ) {}

  async of(operation: Operation, context: RequestContext, requestId: string): Promise<Answered> {
    try {
      return { status: 200, result: this.written(await this.engine.execute(operation, context), requestId) };
    } catch (error) {
      if (!(error instanceof OperationRefused)) throw error;
      return { status: 400, result: { errors: this.errors(error.errors, requestId) } };
    }
  }

  written({ data, errors }: ExecutionResult, requestId: string): FormattedExecutionResult {
    return { ...(errors === undefined ? {} : { errors: this.errors(errors, requestId) }), ...(data === undefined ? {} : { data }) };
  }

  errors(errors: readonly GraphQLError[], requestId: string): readonly GraphQLFormattedError[] {
    for (const error of errors) {
      const err = causeOf(error);
      if (err !== undefined) this.logger.error({ err, requestId, path: error.path }, 'a field of GraphQL could not be answered');
    }
    return errors.map((error) => formatted(error, requestId));
  }
}
