import {
  execute,
  getOperationAST,
  getVariableValues,
  subscribe,
  type DocumentNode,
  type ExecutionResult,
  type GraphQLSchema,
  type OperationDefinitionNode,
} from 'graphql';
import { requireCheap } from '../limits/cost.js';
import { aliasRule, depthRule, mutationsRule, noIntrospectionRule } from '../limits/rules.js';
import type { RequestContext } from '../resolvers/context.js';
import { RESOLVERS } from '../resolvers/resolvers.js';
import { executableSchema } from '../schema/executable-schema.js';
import { CheckedDocuments } from './checked-documents.js';
import { OperationRefused } from './operation-refused.js';

export interface Operation {
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly operationName: string | undefined;
}

type Results = AsyncGenerator<ExecutionResult, void>;

/** Runs operations on the schema, within its limits, by the reference implementation of GraphQL. */
export class Engine {
  private readonly schema: GraphQLSchema = executableSchema(RESOLVERS);
  private readonly documents: CheckedDocuments;

  constructor(allowsIntrospection: boolean) {
    const rules = [depthRule, aliasRule, mutationsRule, ...(allowsIntrospection ? [] : [noIntrospectionRule])];
    this.documents = new CheckedDocuments(this.schema, rules);
  }

  /** Runs a query or a mutation. @throws OperationRefused before any of it ran */
  async execute(operation: Operation, contextValue: RequestContext): Promise<ExecutionResult> {
    const { document, isSubscription } = this.checked(operation);
    if (isSubscription)
      throw OperationRefused.because(
        'subscription_needs_event_stream',
        'A subscription is answered with server-sent events: send Accept: text/event-stream',
      );
    return execute({ ...this.argumentsOf(operation, document), contextValue });
  }

  /** Starts a subscription. @throws OperationRefused also where its source refuses */
  async subscribe(operation: Operation, contextValue: RequestContext): Promise<Results> {
    const { document, isSubscription } = this.checked(operation);
    if (!isSubscription)
      throw OperationRefused.because('event_stream_needs_subscription', 'Only a subscription is answered with server-sent events');
    const started = await subscribe({ ...this.argumentsOf(operation, document), contextValue });
    if (Symbol.asyncIterator in started) return started;
    throw new OperationRefused(started.errors ?? []);
  }

  private checked({ query, operationName, variables }: Operation): { readonly document: DocumentNode; readonly isSubscription: boolean } {
    const document = this.documents.read(query);
    const operation = operationOf(document, operationName);
    const { schema } = this;
    const { coerced, errors } = getVariableValues(schema, operation.variableDefinitions ?? [], variables);
    if (coerced === undefined) throw new OperationRefused(errors);
    requireCheap({ schema, document, operation, variables: coerced });
    return { document, isSubscription: operation.operation === 'subscription' };
  }

  private argumentsOf({ variables, operationName }: Operation, document: DocumentNode) {
    return { schema: this.schema, document, variableValues: variables, operationName: operationName ?? null };
  }
}

function operationOf(document: DocumentNode, operationName: string | undefined): OperationDefinitionNode {
  const operation = getOperationAST(document, operationName);
  if (operation) return operation;
  const message = operationName === undefined ? 'Name the operation that is meant' : `The document has no operation ${operationName}`;
  throw OperationRefused.because('unknown_operation', message);
}
